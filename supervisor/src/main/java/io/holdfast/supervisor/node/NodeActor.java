package io.holdfast.supervisor.node;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.sharding.typed.javadsl.EntityTypeKey;
import io.holdfast.core.InstanceId;
import io.holdfast.core.NodeId;
import io.holdfast.core.ServiceName;
import io.holdfast.core.detection.AbsenceInput;
import io.holdfast.core.instance.Phase;
import io.holdfast.core.placement.Share;
import io.holdfast.protocol.agent.SupervisorMessage;
import io.holdfast.supervisor.api.ChangeOutcome;
import io.holdfast.supervisor.journal.JournalGate;
import io.holdfast.supervisor.journal.Turnstile;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/** What can be said to the actor of a host, {@link NodeLife}, and what it answers. */
public final class NodeActor {

  public static final EntityTypeKey<Command> KEY = EntityTypeKey.create(Command.class, "node");

  /**
   * Longer than usual, after this actor's own start: agents are connecting anew then, and it has
   * not heard yet which doors the node has.
   */
  static final Duration PATIENCE = Duration.ofSeconds(15);

  private NodeActor() {}

  public static Behavior<Command> create(
      NodeId id,
      ActorRef<NodeDirectory.Command> directory,
      ActorRef<BrakeActor.Command> brake,
      Callers callers,
      JournalGate gate,
      InstantSource clock,
      LongSupplier ticker) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> {
                  Turnstile<Command> turnstile = new Turnstile<>(Command.class, new Next());
                  NodeLinks links = new NodeLinks(id, directory, callers, ticker);
                  AbsenceWatch watch =
                      new AbsenceWatch(
                          context,
                          timers,
                          new AbsenceWatch.Post(id, directory, brake, callers, ticker),
                          links::someDoors,
                          links::home);
                  DrainWatch drain =
                      new DrainWatch(context, timers, clock, links::session, links::services);
                  return Behaviors.intercept(
                      () -> turnstile,
                      new NodeLife(context, id, links, watch, drain, gate, clock, turnstile));
                }));
  }

  public sealed interface Command {}

  /** Be there. */
  public record Wake() implements Command {}

  /** An agent introduces itself. */
  public record Connect(
      NodeProfile profile,
      String agent,
      ActorRef<AgentSession.Command> session,
      ActorRef<ConnectAnswer> replyTo)
      implements Command {}

  /** The session lives; it is asked to introduce itself where it is not known. */
  public record Present(ActorRef<AgentSession.Command> session) implements Command {}

  /** The session has ended, or its agent has gone silent or come back. */
  public record Changed(ActorRef<AgentSession.Command> session, NodeCondition condition, String why)
      implements Command {}

  public record SessionEnded(ActorRef<AgentSession.Command> session, String why)
      implements Command {}

  /** The agent is ending with its services. */
  public record Leaving(ActorRef<AgentSession.Command> session) implements Command {}

  /**
   * Keep a place for a slot.
   *
   * @param memory that it asks for, in bytes; none from a release that does not say
   * @param cpu that it asks for, in thousandths of one processor; likewise
   */
  public record Reserve(
      ServiceName service,
      int slot,
      Set<Integer> fixedPorts,
      long memory,
      long cpu,
      ActorRef<ReserveAnswer> replyTo)
      implements Command {
    public Reserve {
      fixedPorts = Set.copyOf(fixedPorts);
    }

    Books.Place place() {
      return new Books.Place(slot, fixedPorts, new Share(memory, cpu));
    }
  }

  /**
   * These slots of the service have a place here, and these instances of it should live here, each
   * as far as the service knows: tell the service where the agent knows better.
   *
   * @param doors of those that are ready
   * @param budget for the agent, should it not have heard of it
   * @param memory that each place asks for, in bytes; none from a release that does not say
   * @param cpu that each place asks for, in thousandths of one processor; likewise
   */
  public record Confirm(
      ServiceName service,
      Set<Integer> slots,
      Map<InstanceId, Phase> instances,
      Map<InstanceId, Door> doors,
      Set<Integer> fixedPorts,
      long memory,
      long cpu,
      Optional<SupervisorMessage> budget)
      implements Command {
    public Confirm {
      slots = Set.copyOf(slots);
      instances = Map.copyOf(instances);
      doors = Map.copyOf(doors);
      fixedPorts = Set.copyOf(fixedPorts);
    }

    List<Books.Place> places() {
      Share share = new Share(memory, cpu);
      return slots.stream().map(slot -> new Books.Place(slot, fixedPorts, share)).toList();
    }
  }

  /** Pass this on to the agent; lost when it is away, and then asked for again by reconciling. */
  public record Deliver(SupervisorMessage message) implements Command {}

  public record ReadLogs(AgentSession.LogWanted wanted) implements Command {}

  /** An operator wants it emptied; accepted once recorded, and not begun after {@code until}. */
  public record OrderDrain(Instant until, ActorRef<ChangeOutcome> replyTo) implements Command {}

  /** An operator wants it to take instances again; accepted likewise. */
  public record Undrain(Instant until, ActorRef<ChangeOutcome> replyTo) implements Command {}

  /** What its agent says is alive, asked for while it is being drained. */
  record Alive(List<InstanceId> instances) implements Command {
    Alive {
      instances = List.copyOf(instances);
    }
  }

  /** Time goes by, while it is being drained. */
  record DrainTick() implements Command {}

  /** What has become known of a node whose agent is not heard. */
  record Watched(AbsenceInput input) implements Command {}

  /** Time goes by, while its agent is not heard. */
  record WatchTick() implements Command {}

  /** For the turnstile alone. */
  record Next() implements Command {}

  public sealed interface ConnectAnswer {
    record Welcome() implements ConnectAnswer {}

    record Refused(String why) implements ConnectAnswer {}
  }

  public sealed interface ReserveAnswer {
    record Reserved() implements ReserveAnswer {}

    record Refused(String why) implements ReserveAnswer {}
  }
}
