package io.holdfast.core.supervision;

import io.holdfast.core.InstanceId;
import io.holdfast.core.NodeId;
import io.holdfast.core.supervision.ServiceState.Active;
import java.util.Optional;

/** How the recorded steps from a launch to readiness change a service. */
final class Progress {

  private Progress() {}

  static Active launched(Active active, ServiceEvent.InstanceLaunched event) {
    InstanceId instance = event.instance();
    NodeId node = event.node();
    Tenant tenant = Tenant.launching(instance, node, event.version(), event.at());
    Slot slot =
        active
            .slot(instance.slot())
            .launched(tenant, event.at(), event.cause() == LaunchCause.FAILURE);
    Edit edit =
        Edit.of(active)
            .slot(slot)
            .lastEpoch(instance.epoch())
            .rollout(active.rollout().map(one -> one.launched(instance.slot(), event.at())));
    Optional.ofNullable(active.delegations().get(node))
        .filter(delegation -> delegation.holds(instance.slot(), instance.epoch()))
        .ifPresent(
            delegation ->
                edit.delegation(node, delegation.used(instance.slot(), instance.epoch())));
    return edit.state();
  }

  static Active incoming(Active active, ServiceEvent.IncomingLaunched event) {
    Tenant tenant = Tenant.launching(event.instance(), event.node(), event.version(), event.at());
    return Edit.of(active).launched(tenant, event.at()).lastEpoch(event.instance().epoch()).state();
  }

  static Active started(Active active, ServiceEvent.InstanceStarted event) {
    return progressed(active, event.instance(), new Tenant.Started(event.running(), false));
  }

  static Active readied(Active active, ServiceEvent.InstanceReadied event) {
    return find(active, event.instance())
        .map(
            tenant ->
                switch (tenant.progress()) {
                  case Tenant.Started(var running, _) ->
                      progressed(active, event.instance(), new Tenant.Ready(running, event.at()));
                  case Tenant.Launching _, Tenant.Ready _ -> active;
                })
        .orElse(active);
  }

  static Active unreadied(Active active, ServiceEvent.InstanceUnreadied event) {
    return find(active, event.instance())
        .map(
            tenant ->
                switch (tenant.progress()) {
                  case Tenant.Ready ready ->
                      progressed(
                          active, event.instance(), new Tenant.Started(ready.running(), true));
                  case Tenant.Launching _, Tenant.Started _ -> active;
                })
        .orElse(active);
  }

  private static Optional<Tenant> find(Active active, InstanceId instance) {
    return active
        .holding(instance)
        .flatMap(Slot::tenant)
        .or(() -> active.incoming().filter(tenant -> tenant.id().equals(instance)));
  }

  private static Active progressed(Active active, InstanceId instance, Tenant.Progress next) {
    Optional<Slot> slot = active.holding(instance);
    if (slot.isPresent()) {
      Tenant tenant = slot.get().tenant().orElseThrow().with(next);
      return Edit.of(active).slot(slot.get().with(new Occupancy.Occupied(tenant))).state();
    }
    Optional<Tenant> incoming = active.incoming().filter(tenant -> tenant.id().equals(instance));
    return incoming.isPresent()
        ? Edit.of(active).newcomer(new Rollout.Newcomer.Launched(incoming.get().with(next))).state()
        : active;
  }
}
