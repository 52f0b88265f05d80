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
      case Active active -> told(active, event, afterActive(active, event));
    };
  }

  private static ServiceState told(Active before, ServiceEvent event, ServiceState after) {
    if (!(after instanceof Active next)) {
      return after;
    }
    Incidents incidents = Chronicle.after(before, event, next);
    return incidents.equals(next.incidents()) ? next : Edit.of(next).incidents(incidents).state();
  }

  private static ServiceState afterGone(Gone gone, ServiceEvent event) {
    return switch (event) {
      case ServiceEvent.SpecAccepted accepted ->
          SpecChange.first(accepted, gone.lastEpoch(), gone.outgoing());
      case ServiceEvent.StopBegan stop ->
          new Gone(gone.version(), stopping(gone.outgoing(), stop), gone.lastEpoch());
      case ServiceEvent.InstanceExited exited ->
          new Gone(gone.version(), without(gone.outgoing(), exited.instance()), gone.lastEpoch());
      case ServiceEvent.EpochsLifted(var by, _, _) ->
          new Gone(gone.version(), gone.outgoing(), gone.lastEpoch() + by);
      case ServiceEvent.RemovalBegan _,
          ServiceEvent.InstanceLaunched _,
          ServiceEvent.IncomingLaunched _,
          ServiceEvent.InstanceAdopted _,
          ServiceEvent.StrangerFound _,
          ServiceEvent.InstanceStarted _,
          ServiceEvent.InstanceReadied _,
          ServiceEvent.InstanceUnreadied _,
          ServiceEvent.InstanceIsolated _,
          ServiceEvent.IsolationEnded _,
          ServiceEvent.InstanceCondemned _,
          ServiceEvent.CommonCauseFound _,
          ServiceEvent.CommonCauseLapsed _,
          ServiceEvent.StandbyPromoted _,
          ServiceEvent.SlotWoken _,
          ServiceEvent.SlotsRevived _,
          ServiceEvent.SlotsHeld _,
          ServiceEvent.DrainBegan _,
          ServiceEvent.RolloutBegan _,
          ServiceEvent.TurnBegan _,
          ServiceEvent.TurnEnded _,
          ServiceEvent.RolloutEnded _,
          ServiceEvent.ReversionRefused _,
          ServiceEvent.RelocationBegan _,
          ServiceEvent.RelocationEnded _,
          ServiceEvent.GroupJoined _,
          ServiceEvent.GroupLeft _,
          ServiceEvent.Halted _,
          ServiceEvent.Begun _,
          ServiceEvent.DependencyRenewed _,
          ServiceEvent.BudgetDelegated _,
          ServiceEvent.BudgetWithdrawn _ ->
          gone;
    };
  }

  private static ServiceState afterActive(Active active, ServiceEvent event) {
    return switch (event) {
      case ServiceEvent.SpecAccepted accepted -> SpecChange.next(active, accepted);
      case ServiceEvent.RemovalBegan removal -> removed(active, removal);
      case ServiceEvent.InstanceLaunched launched -> Progress.launched(active, launched);
      case ServiceEvent.IncomingLaunched launched -> Progress.incoming(active, launched);
      case ServiceEvent.EpochsLifted lifted -> Lost.lifted(active, lifted);
      case ServiceEvent.InstanceAdopted adopted -> Lost.adopted(active, adopted);
      case ServiceEvent.StrangerFound found -> Lost.found(active, found);
      case ServiceEvent.InstanceStarted started -> Progress.started(active, started);
      case ServiceEvent.InstanceReadied readied -> Progress.readied(active, readied);
      case ServiceEvent.InstanceUnreadied unreadied -> Progress.unreadied(active, unreadied);
      case ServiceEvent.InstanceExited exited -> Departure.exited(active, exited);
      case ServiceEvent.InstanceIsolated isolated -> Regarding.isolated(active, isolated);
      case ServiceEvent.IsolationEnded ended -> Regarding.ended(active, ended);
      case ServiceEvent.InstanceCondemned condemned -> Regarding.condemned(active, condemned);
      case ServiceEvent.CommonCauseFound(var bad, var judged, var worst, var evidence, var at) ->
          Edit.of(active)
              .commonCause(Optional.of(new CommonCause(bad, judged, worst, evidence, at)))
              .state();
      case ServiceEvent.CommonCauseLapsed _ ->
          Edit.of(active).commonCause(Optional.empty()).state();
      case ServiceEvent.StandbyPromoted promoted -> promoted(active, promoted);
      case ServiceEvent.SlotWoken woken -> vacated(Edit.of(active), active, woken.slot()).state();
      case ServiceEvent.SlotsRevived revived -> revived(active, revived);
      case ServiceEvent.SlotsHeld held -> held(active, held);
      case ServiceEvent.DrainBegan drain -> Departure.drained(active, drain);
      case ServiceEvent.StopBegan stop ->
          Regarding.stopping(
              Edit.of(active).outgoing(stopping(active.outgoing(), stop)).state(), stop);
      case ServiceEvent.RolloutBegan rollout -> RolloutSteps.began(active, rollout);
      case ServiceEvent.TurnBegan turn -> RolloutSteps.turnBegan(active, turn);
      case ServiceEvent.TurnEnded turn -> RolloutSteps.turnEnded(active, turn);
      case ServiceEvent.RolloutEnded ended -> RolloutSteps.ended(active, ended);
      case ServiceEvent.ReversionRefused _ -> Edit.of(active).reversion(Optional.empty()).state();
      case ServiceEvent.RelocationBegan move -> RelocationSteps.began(active, move);
      case ServiceEvent.RelocationEnded move -> RelocationSteps.ended(active, move);
      case ServiceEvent.GroupJoined(var group, var halted, _) ->
          Edit.of(active)
              .membership(halted ? new Membership.Halted(group, 0) : new Membership.Free(group, 0))
              .state();
      case ServiceEvent.GroupLeft _ -> Edit.of(active).membership(new Membership.Alone()).state();
      case ServiceEvent.Halted halted -> halted(active, halted);
      case ServiceEvent.Begun begun -> begun(active, begun);
      case ServiceEvent.DependencyRenewed(var dependency, var count, _, _) ->
          Edit.of(active).renewals(dependency, count).state();
      case ServiceEvent.BudgetDelegated delegated -> Delegating.delegated(active, delegated);
      case ServiceEvent.BudgetWithdrawn withdrawn -> Delegating.withdrawn(active, withdrawn);
    };
  }

  private static ServiceState removed(Active active, ServiceEvent.RemovalBegan event) {
    SortedMap<InstanceId, Outgoing> all = new TreeMap<>(active.outgoing());
    active
        .tenants()
        .forEach(tenant -> all.putIfAbsent(tenant.id(), new Outgoing(tenant, false, event.at())));
    return new Gone(event.version(), all, active.lastEpoch());
  }

  private static Active promoted(Active active, ServiceEvent.StandbyPromoted event) {
    return Edit.of(active)
        .slot(active.slot(event.failed()).with(Role.STANDBY))
        .slot(active.slot(event.promoted()).with(Role.ACTIVE))
        .state();
  }

  private static Active revived(Active active, ServiceEvent.SlotsRevived event) {
    Edit edit = Edit.of(active).budgets(Budgets.FULL);
    active.slots().values().forEach(slot -> edit.slot(slot.onProbation(false)));
    event
        .slots()
        .forEach(
            index -> edit.slot(active.slot(index).onProbation(false).with(new Occupancy.Vacant())));
    return edit.state();
  }

  private static Active held(Active active, ServiceEvent.SlotsHeld event) {
    Edit edit = Edit.of(active);
    event
        .slots()
        .forEach(
            index ->
                edit.slot(
                    active.slot(index).onProbation(true).with(new Occupancy.Held(event.until()))));
    return edit.state();
  }

  /** Resting slots are vacant again; what lives is drained by events of its own. */
  private static Active halted(Active active, ServiceEvent.Halted event) {
    Edit edit =
        Edit.of(active)
            .budgets(Budgets.FULL)
            .membership(new Membership.Halted(event.group(), event.order()));
    for (Slot slot : active.slots().values()) {
      Slot fresh = slot.onProbation(false).atVersion(active.version());
      edit.slot(Service.isResting(slot.occupancy()) ? fresh.with(new Occupancy.Vacant()) : fresh);
    }
    return edit.state();
  }

  /** What it asked its group is answered by this. */
  private static Active begun(Active active, ServiceEvent.Begun event) {
    Edit edit = Edit.of(active).membership(new Membership.Free(event.group(), event.order()));
    active.slots().values().stream()
        .filter(slot -> slot.occupancy() instanceof Occupancy.Escalated)
        .forEach(slot -> edit.slot(slot.with(new Occupancy.Vacant())));
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
