package io.holdfast.supervisor.node;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractOnMessageBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.receptionist.Receptionist;
import io.holdfast.core.InstanceId;
import io.holdfast.core.NodeId;
import io.holdfast.core.detection.Reach;
import io.holdfast.protocol.reach.Knocking;
import io.holdfast.protocol.reach.Target;
import io.holdfast.supervisor.errand.Errand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One look at the doors of a node whose agent is not heard: by other agents, by gateways, and by
 * this supervisor, which may be the only one there is. Tells what they found together, as far as
 * that proves anything, and ends.
 */
public final class Inquiry extends AbstractOnMessageBehavior<Inquiry.Command> {

  static final Duration TIMEOUT = Duration.ofMillis(500);
  private static final Duration DEADLINE = Duration.ofMillis(900);
  private static final int AGENTS = 3;
  private static final int GATEWAYS = 3;

  sealed interface Command {}

  /** Others that can be asked. */
  record Witnesses(List<ActorRef<AgentSession.Command>> agents) implements Command {
    public Witnesses {
      agents = List.copyOf(agents);
    }
  }

  private record Gateways(List<ActorRef<Errand>> some) implements Command {}

  /** What one of them found, in the order of the targets. */
  public record Found(List<Reach> reaches) implements Command {
    public Found {
      reaches = List.copyOf(reaches);
    }
  }

  private record Over() implements Command {}

  private final SortedMap<InstanceId, Door> doors;
  private final List<Target> targets;
  private final ActorRef<SortedMap<InstanceId, Reach>> replyTo;
  private final List<List<Reach>> found = new ArrayList<>();

  /** Of this supervisor, of agents and of gateways, as far as it is known who is asked. */
  private int expected = 1 + AGENTS + GATEWAYS;

  private Inquiry(
      ActorContext<Command> context,
      Map<InstanceId, Door> doors,
      ActorRef<SortedMap<InstanceId, Reach>> replyTo) {
    super(context);
    this.doors = new TreeMap<>(doors);
    this.targets = this.doors.values().stream().map(Door::target).toList();
    this.replyTo = replyTo;
  }

  /** Begins at once. */
  static Behavior<Command> of(
      NodeId node,
      Map<InstanceId, Door> doors,
      ActorRef<NodeDirectory.Command> directory,
      ActorRef<SortedMap<InstanceId, Reach>> replyTo) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> {
                  timers.startSingleTimer(new Over(), DEADLINE);
                  directory.tell(
                      new NodeDirectory.PickWitnesses(node, AGENTS, context.getSelf().narrow()));
                  context
                      .getSystem()
                      .receptionist()
                      .tell(
                          Receptionist.find(
                              Errand.GATEWAYS,
                              context.messageAdapter(Receptionist.Listing.class, Inquiry::some)));
                  Inquiry inquiry = new Inquiry(context, doors, replyTo);
                  context.pipeToSelf(
                      Knocking.at(inquiry.targets, TIMEOUT), (reaches, _) -> new Found(reaches));
                  return inquiry;
                }));
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    switch (command) {
      case Witnesses(var agents) -> {
        expected -= AGENTS - agents.size();
        agents.forEach(
            agent -> agent.tell(new AgentSession.Check(targets, getContext().getSelf().narrow())));
      }
      case Gateways(var some) -> {
        expected -= GATEWAYS - some.size();
        ask(some);
      }
      case Found(var reaches) -> {
        if (reaches.size() == targets.size()) {
          found.add(reaches);
        }
      }
      case Over() -> {
        return end();
      }
    }
    return found.size() >= expected ? end() : this;
  }

  /** Any of them, so that the same ones are not asked about every host. */
  private static Gateways some(Receptionist.Listing listing) {
    List<ActorRef<Errand>> all = new ArrayList<>(listing.getServiceInstances(Errand.GATEWAYS));
    Collections.shuffle(all);
    return new Gateways(all.subList(0, Math.min(GATEWAYS, all.size())));
  }

  private void ask(List<ActorRef<Errand>> gateways) {
    ActorRef<Errand.Done> done =
        getContext().messageAdapter(Errand.Done.class, found -> new Found(found.reaches()));
    gateways.forEach(gateway -> gateway.tell(new Errand(targets, TIMEOUT, done)));
  }

  private Behavior<Command> end() {
    SortedMap<InstanceId, Reach> together = new TreeMap<>();
    int place = 0;
    for (InstanceId instance : doors.keySet()) {
      int at = place++;
      Reach reach = Reach.together(found.stream().map(all -> all.get(at)).toList());
      if (reach == Reach.ACCEPTED || (doors.get(instance).proven() && !found.isEmpty())) {
        together.put(instance, reach);
      }
    }
    replyTo.tell(together);
    return Behaviors.stopped();
  }
}
