package io.holdfast.core.supervision;

import io.holdfast.core.InstanceId;
import io.holdfast.core.supervision.ServiceState.Active;
import io.holdfast.core.supervision.ServiceState.Blank;
import io.holdfast.core.supervision.ServiceState.Gone;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How a recorded event changes a service. Total: an event that does not fit the state, which a
 * journal written by {@link Service} never holds, changes nothing.
 */
final class Evolution {

  private Evolution() {}

  static ServiceState after(ServiceState state, ServiceEvent event) {
    return switch (state) {
      case Blank() ->
          event instanceof ServiceEvent.SpecAccepted accepted
              ? SpecChange.first(accepted, 0, new TreeMap<>())
              : state;
      case Gone gone -> afterGone(gone, event);
      case Active active -> afterActive(active, event);
    };
  }

  private static ServiceState afterGone(Gone gone, ServiceEvent event) {
    return switch (event) {
      case ServiceEvent.SpecAccepted accepted ->
          SpecChange.first(accepted, gone.lastEpoch(), gone.outgoing());
      case ServiceEvent.StopBegan stop ->
          new Gone(gone.version(), stopping(gone.outgoing(), stop), gone.lastEpoch());
      case ServiceEvent.InstanceExited exited ->
          new Gone(gone.version(), without(gone.outgoing(), exited.instance()), gone.lastEpoch());
      case ServiceEvent.RemovalBegan _,
          ServiceEvent.InstanceLaunched _,
          ServiceEvent.IncomingLaunched _,
          ServiceEvent.InstanceStarted _,
          ServiceEvent.InstanceReadied _,
          ServiceEvent.InstanceUnreadied _,
          ServiceEvent.StandbyPromoted _,
          ServiceEvent.SlotWoken _,
          ServiceEvent.SlotsRevived _,
          ServiceEvent.DrainBegan _,
          ServiceEvent.RolloutBegan _,
          ServiceEvent.TurnBegan _,
          ServiceEvent.TurnEnded _,
          ServiceEvent.RolloutEnded _ ->
          gone;
    };
  }

  private static ServiceState afterActive(Active active, ServiceEvent event) {
    return switch (event) {
      case ServiceEvent.SpecAccepted accepted -> SpecChange.next(active, accepted);
      case ServiceEvent.RemovalBegan removal -> removed(active, removal);
      case ServiceEvent.InstanceLaunched launched -> launched(active, launched);
      case ServiceEvent.IncomingLaunched launched -> incoming(active, launched);
      case ServiceEvent.InstanceStarted started ->
          progressed(active, started.instance(), new Tenant.Started(started.running(), false));
      case ServiceEvent.InstanceReadied readied -> readied(active, readied);
      case ServiceEvent.InstanceUnreadied unreadied -> unreadied(active, unreadied);
      case ServiceEvent.InstanceExited exited -> Departure.exited(active, exited);
      case ServiceEvent.StandbyPromoted promoted -> promoted(active, promoted);
      case ServiceEvent.SlotWoken woken -> vacated(Edit.of(active), active, woken.slot()).state();
      case ServiceEvent.SlotsRevived revived -> revived(active, revived);
      case ServiceEvent.DrainBegan drain -> Departure.drained(active, drain);
      case ServiceEvent.StopBegan stop ->
          Edit.of(active).outgoing(stopping(active.outgoing(), stop)).state();
      case ServiceEvent.RolloutBegan rollout -> RolloutSteps.began(active, rollout);
      case ServiceEvent.TurnBegan turn -> RolloutSteps.turnBegan(active, turn);
      case ServiceEvent.TurnEnded turn -> RolloutSteps.turnEnded(active, turn);
      case ServiceEvent.RolloutEnded ended -> RolloutSteps.ended(active, ended);
    };
  }

  private static ServiceState removed(Active active, ServiceEvent.RemovalBegan event) {
    SortedMap<InstanceId, Outgoing> all = new TreeMap<>(active.outgoing());
    active
        .tenants()
        .forEach(tenant -> all.putIfAbsent(tenant.id(), new Outgoing(tenant, false, event.at())));
    return new Gone(event.version(), all, active.lastEpoch());
  }

  private static Active launched(Active active, ServiceEvent.InstanceLaunched event) {
    Tenant tenant =
        new Tenant(
            event.instance(), event.node(), event.version(), new Tenant.Launching(event.at()));
    Slot slot =
        active.slot(event.instance().slot()).launched(tenant, event.cause() == LaunchCause.FAILURE);
    return Edit.of(active).slot(slot).lastEpoch(event.instance().epoch()).state();
  }

  private static Active incoming(Active active, ServiceEvent.IncomingLaunched event) {
    Tenant tenant =
        new Tenant(
            event.instance(), event.node(), event.version(), new Tenant.Launching(event.at()));
    return Edit.of(active)
        .newcomer(new Rollout.Newcomer.Launched(tenant))
        .lastEpoch(event.instance().epoch())
        .state();
  }

  private static Active readied(Active active, ServiceEvent.InstanceReadied event) {
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

  private static Active unreadied(Active active, ServiceEvent.InstanceUnreadied event) {
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

  private static Active promoted(Active active, ServiceEvent.StandbyPromoted event) {
    return Edit.of(active)
        .slot(active.slot(event.failed()).with(Role.STANDBY))
        .slot(active.slot(event.promoted()).with(Role.ACTIVE))
        .state();
  }

  private static Active revived(Active active, ServiceEvent.SlotsRevived event) {
    Edit edit = Edit.of(active).withoutLadders();
    event.slots().forEach(slot -> vacated(edit, active, slot));
    return edit.state();
  }

  private static Edit vacated(Edit edit, Active active, int slot) {
    return edit.slot(active.slot(slot).with(new Occupancy.Vacant()));
  }

  private static SortedMap<InstanceId, Outgoing> stopping(
      SortedMap<InstanceId, Outgoing> outgoing, ServiceEvent.StopBegan event) {
    SortedMap<InstanceId, Outgoing> next = new TreeMap<>(outgoing);
    next.computeIfPresent(
        event.instance(), (_, out) -> new Outgoing(out.tenant(), true, event.at()));
    return next;
  }

  static SortedMap<InstanceId, Outgoing> without(
      SortedMap<InstanceId, Outgoing> outgoing, InstanceId instance) {
    SortedMap<InstanceId, Outgoing> rest = new TreeMap<>(outgoing);
    rest.remove(instance);
    return rest;
  }
}
