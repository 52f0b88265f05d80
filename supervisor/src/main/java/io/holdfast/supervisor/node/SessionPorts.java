package io.holdfast.supervisor.node;

import akka.actor.typed.ActorRef;
import akka.actor.typed.RecipientRef;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import io.holdfast.core.InstanceId;
import io.holdfast.core.NodeId;
import io.holdfast.supervisor.metrics.SupervisorMetrics;
import io.holdfast.supervisor.routing.RoutingHub;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * What a session of an agent reaches.
 *
 * @param registrar told of each node that connected
 * @param pace at which its agents beat
 * @param ticker monotonic nanoseconds
 */
public record SessionPorts(
    ClusterSharding sharding,
    ActorRef<RoutingHub.Command> hub,
    Callers callers,
    Consumer<NodeId> registrar,
    Pace pace,
    SupervisorMetrics metrics,
    LongSupplier ticker) {

  RecipientRef<NodeActor.Command> node(NodeId id) {
    return sharding.entityRefFor(NodeActor.KEY, id.value());
  }

  void registered(NodeId id) {
    registrar.accept(id);
  }

  void died(InstanceId instance, Instant at) {
    hub.tell(new RoutingHub.Died(instance, at));
  }
}
