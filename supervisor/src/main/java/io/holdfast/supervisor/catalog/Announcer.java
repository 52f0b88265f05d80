package io.holdfast.supervisor.catalog;

import akka.actor.typed.ActorRef;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import io.holdfast.core.GroupName;
import io.holdfast.core.NodeId;
import io.holdfast.core.ServiceName;
import io.holdfast.core.catalog.Catalog;
import io.holdfast.core.supervision.Child;
import io.holdfast.core.supervision.GroupInput;
import io.holdfast.core.supervision.ServiceInput;
import io.holdfast.supervisor.group.GroupActor;
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
    // A hub that has come later must know as well.
    expect(catalog);
    catalog.services().values().forEach(entry -> ensure(catalog, entry));
    catalog.removed().forEach(this::remove);
    catalog.groups().values().forEach(entry -> ensure(catalog, entry));
    catalog.removedGroups().forEach(this::remove);
    catalog.nodes().forEach(this::wake);
  }

  void ensure(Catalog catalog, Catalog.Entry entry) {
    ServiceName name = entry.spec().name();
    tell(
        name,
        new ServiceInput.Ensured(
            entry.version(), entry.spec(), catalog.parentOf(name.value()), catalog.restored()));
  }

  private void ensure(Catalog catalog, Catalog.GroupEntry entry) {
    GroupName name = entry.spec().name();
    tell(
        name,
        new GroupInput.Ensured(
            entry.version(),
            entry.spec(),
            entry.spec().children().stream().map(child -> child(catalog, child)).toList(),
            catalog.parentOf(name.value())));
  }

  private static Child child(Catalog catalog, String title) {
    return catalog.groups().containsKey(new GroupName(title))
        ? new Child.OfGroup(new GroupName(title))
        : new Child.OfService(new ServiceName(title));
  }

  void remove(GroupName name, long version) {
    tell(name, new GroupInput.Removed(version));
  }

  private void tell(GroupName name, GroupInput input) {
    sharding.entityRefFor(GroupActor.KEY, name.value()).tell(new GroupActor.Observe(input));
  }

  /** A service that asked to go back cannot. */
  void refuse(ServiceName name, long failed, String why) {
    tell(name, new ServiceInput.RevertRefused(failed, why));
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
