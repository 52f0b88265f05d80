package io.holdfast.supervisor.node;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.TimerScheduler;
import io.holdfast.core.Decision;
import io.holdfast.core.InstanceId;
import io.holdfast.core.ServiceName;
import io.holdfast.core.placement.Clearing;
import io.holdfast.core.placement.Drain;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Looks at a node while it is being drained: at its books, and at what its agent says is alive.
 * What is to be put on record it leaves to the node's actor.
 */
final class DrainWatch {

  private static final Duration TICK = Duration.ofSeconds(1);

  /** An agent that has said nothing for so long is not heard. */
  private static final Duration FRESH = Duration.ofSeconds(3);

  /** What an agent has said, and when that came. */
  private record Heard(SortedSet<InstanceId> alive, Instant at) {}

  private final TimerScheduler<NodeActor.Command> timers;
  private final InstantSource clock;
  private final Supplier<Optional<ActorRef<AgentSession.Command>>> session;
  private final Supplier<Set<ServiceName>> places;
  private final ActorRef<AgentSession.Pulse> pulses;
  private final Instant trustedFrom;
  private Optional<Clearing> clearing = Optional.empty();
  private Optional<Heard> heard = Optional.empty();

  /**
   * A watch of a node whose actor has just started.
   *
   * @param session of its agent, while that is connected
   * @param places the services that have any there
   */
  DrainWatch(
      ActorContext<NodeActor.Command> context,
      TimerScheduler<NodeActor.Command> timers,
      InstantSource clock,
      Supplier<Optional<ActorRef<AgentSession.Command>>> session,
      Supplier<Set<ServiceName>> places) {
    this.timers = timers;
    this.clock = clock;
    this.session = session;
    this.places = places;
    this.trustedFrom = clock.instant().plus(NodeActor.PATIENCE);
    this.pulses =
        context.messageAdapter(
            AgentSession.Pulse.class, pulse -> new NodeActor.Alive(pulse.alive()));
  }

  /** Whether the node is looked at from now on is said by what is recorded of it. */
  void follow(NodeState state) {
    if (state.drain().isEmpty()) {
      clearing = Optional.empty();
      heard = Optional.empty();
      timers.cancel(new NodeActor.DrainTick());
    } else if (clearing.isEmpty()) {
      clearing = Optional.of(Clearing.begun(clock.instant(), trustedFrom));
      timers.startTimerWithFixedDelay(new NodeActor.DrainTick(), TICK);
    }
  }

  /** After a failed write, which has cancelled every timer. */
  void forget() {
    clearing = Optional.empty();
  }

  void hear(List<InstanceId> alive) {
    heard = Optional.of(new Heard(new TreeSet<>(alive), clock.instant()));
  }

  /** Gives what is left for the node's actor to do. */
  List<Clearing.Effect> tick(NodeState state) {
    session.get().ifPresent(agent -> agent.tell(new AgentSession.ReadPulse(pulses)));
    Optional<Drain> drain = state.drain();
    if (drain.isEmpty() || clearing.isEmpty()) {
      return List.of();
    }
    Decision<Clearing, Clearing.Effect> decision =
        Clearing.decide(clearing.get(), drain.get(), look(state));
    clearing = Optional.of(decision.state());
    return decision.effects();
  }

  private Clearing.Look look(NodeState state) {
    Instant now = clock.instant();
    return new Clearing.Look(
        now,
        heard
            .filter(last -> session.get().isPresent() && state.is(NodeCondition.READY))
            .filter(last -> last.at().plus(FRESH).isAfter(now))
            .map(Heard::alive),
        new TreeSet<>(places.get()),
        state.is(NodeCondition.LOST));
  }
}
