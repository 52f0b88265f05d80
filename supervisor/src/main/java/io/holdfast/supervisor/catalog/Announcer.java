package io.holdfast.supervisor.catalog;

import akka.actor.typed.ActorRef;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import io.holdfast.core.NodeId;
import io.holdfast.core.ServiceName;
import io.holdfast.core.catalog.Catalog;
import io.holdfast.core.supervision.ServiceInput;
import io.holdfast.supervisor.node.NodeActor;
import io.holdfast.supervisor.routing.RoutingHub;
import io.holdfast.supervisor.service.ServiceActor;

/** Tells those concerned what the catalogue holds. Saying it again does no harm. */
public final class Announcer {

  private final ClusterSharding sharding;
  private final ActorRef<RoutingHub.Command> hub;

  public Announcer(ClusterSharding sharding, ActorRef<RoutingHub.Command> hub) {
    this.sharding = sharding;
    this.hub = hub;
  }

  void expect(Catalog catalog) {
    hub.tell(new RoutingHub.Expect(catalog.services().keySet()));
  }

  void ensureAll(Catalog catalog) {
    catalog.services().values().forEach(this::ensure);
    catalog.removed().forEach(this::remove);
    catalog.nodes().forEach(this::wake);
  }

  void ensure(Catalog.Entry entry) {
    tell(entry.spec().name(), new ServiceInput.Ensured(entry.version(), entry.spec()));
  }

  void remove(ServiceName name, long version) {
    tell(name, new ServiceInput.Removed(version));
  }

  private void tell(ServiceName name, ServiceInput input) {
    sharding.entityRefFor(ServiceActor.KEY, name.value()).tell(new ServiceActor.Observe(input));
  }

  private void wake(NodeId node) {
    sharding.entityRefFor(NodeActor.KEY, node.value()).tell(new NodeActor.Wake());
  }
}
