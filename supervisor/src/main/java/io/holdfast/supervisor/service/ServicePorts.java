package io.holdfast.supervisor.service;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import io.holdfast.core.supervision.ServiceEffect;
import io.holdfast.supervisor.journal.JournalGate;
import io.holdfast.supervisor.metrics.SupervisorMetrics;
import io.holdfast.supervisor.node.NodeDirectory;
import io.holdfast.supervisor.node.NodeRoster;
import io.holdfast.supervisor.routing.OutcomeDesk;
import io.holdfast.supervisor.routing.RoutingHub;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;

/**
 * What a service reaches.
 *
 * @param catalog is asked to go back, at times in vain
 * @param random in [0, 1)
 */
public record ServicePorts(
    ActorSystem<?> system,
    ClusterSharding sharding,
    ActorRef<NodeDirectory.Command> directory,
    NodeRoster roster,
    ActorRef<RoutingHub.Command> hub,
    ActorRef<OutcomeDesk.Command> desk,
    SupervisorMetrics metrics,
    ServiceBoard board,
    RestartPace pace,
    RoundsPace rounds,
    Consumer<ServiceEffect.Revert> catalog,
    JournalGate gate,
    InstantSource clock,
    DoubleSupplier random) {

  /** From now to {@code moment}, at least a millisecond, so that a timer never spins. */
  Duration until(Instant moment) {
    Duration wait = Duration.between(clock.instant(), moment);
    return wait.compareTo(Duration.ofMillis(1)) < 0 ? Duration.ofMillis(1) : wait;
  }
}
