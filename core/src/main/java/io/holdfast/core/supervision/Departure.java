package io.holdfast.core.supervision;

import io.holdfast.core.InstanceId;
import io.holdfast.core.instance.Exit;
import io.holdfast.core.instance.ExitCause;
import io.holdfast.core.supervision.ServiceState.Active;
import java.util.Optional;

/** How an instance leaves its slot: by a drain that was decided, or by its end. */
final class Departure {

  private Departure() {}

  static Active drained(Active active, ServiceEvent.DrainBegan event) {
    Optional<Slot> slot = active.holding(event.instance());
    if (slot.isPresent()) {
      Outgoing leaving = new Outgoing(slot.get().tenant().orElseThrow(), false, event.at());
      Edit edit = Edit.of(active).slot(slot.get().with(new Occupancy.Vacant())).leaving(leaving);
      return withoutSurplus(edit.state(), event.instance().slot());
    }
    return active
        .incoming()
        .filter(tenant -> tenant.id().equals(event.instance()))
        .map(
            tenant ->
                withoutEmptySurplus(
                    Edit.of(active)
                        .newcomer(new Rollout.Newcomer.Lost(Optional.empty()))
                        .leaving(new Outgoing(tenant, false, event.at()))
                        .state(),
                    tenant.id().slot()))
        .orElse(active);
  }

  static Active exited(Active active, ServiceEvent.InstanceExited event) {
    InstanceId instance = event.instance();
    Optional<Slot> slot = active.holding(instance);
    if (slot.isPresent()) {
      return fromSlot(active, slot.get(), event);
    }
    Edit edit = Edit.of(active).outgoing(Evolution.without(active.outgoing(), instance));
    if (active.incoming().map(Tenant::id).equals(Optional.of(instance))) {
      edit.newcomer(newcomer(event.exit()));
    }
    latestOf(active, instance).ifPresent(last -> edit.slot(last.exited(event.exit())));
    return edit.state();
  }

  /** That its host is lost says nothing of what it runs: another one is launched elsewhere. */
  private static Rollout.Newcomer newcomer(Exit exit) {
    return exit.cause() == ExitCause.NODE_LOST
        ? new Rollout.Newcomer.Wanted()
        : new Rollout.Newcomer.Lost(Optional.of(exit));
  }

  /** The slot whose latest launch this is; it is empty when the instance was drained from it. */
  private static Optional<Slot> latestOf(Active active, InstanceId instance) {
    return Optional.ofNullable(active.slots().get(instance.slot()))
        .filter(slot -> slot.lastLaunch().filter(last -> last.id().equals(instance)).isPresent());
  }

  private static Active fromSlot(Active active, Slot slot, ServiceEvent.InstanceExited event) {
    boolean probation =
        switch (event.verdict()) {
          case Verdict.Hold _ -> true;
          // A failure that is answered in place again: it had been well.
          case Verdict.RestartAtOnce _,
              Verdict.Paced _,
              Verdict.Delegated _,
              Verdict.BackOff _,
              Verdict.Move _,
              Verdict.Escalate _ ->
              false;
          case Verdict.Expected _,
              Verdict.Final _,
              Verdict.Await _,
              Verdict.Relaunch _,
              Verdict.Fence _ ->
              slot.probation();
        };
    Edit edit =
        Edit.of(active)
            .slot(slot.with(next(slot, event)).onProbation(probation).exited(event.exit()))
            .budgets(active.budgets().after(active.spec(), event));
    return withoutSurplus(edit.state(), slot.index());
  }

  private static Occupancy next(Slot slot, ServiceEvent.InstanceExited event) {
    return switch (event.verdict()) {
      case Verdict.Expected _,
          Verdict.Await _,
          Verdict.Delegated _,
          Verdict.RestartAtOnce _,
          Verdict.Move _ ->
          new Occupancy.Vacant();
      case Verdict.Relaunch() -> missing(slot, event);
      case Verdict.Final _ -> new Occupancy.Ended();
      case Verdict.Paced(var until) -> new Occupancy.BackingOff(event.node(), until);
      case Verdict.BackOff(var until) -> new Occupancy.BackingOff(event.node(), until);
      case Verdict.Fence(var until) -> new Occupancy.Fenced(until);
      case Verdict.Escalate(var until) -> new Occupancy.Escalated(until);
      case Verdict.Hold(var until) -> new Occupancy.Held(until);
    };
  }

  /** What its guard has ended is gone for certain. */
  private static Occupancy missing(Slot slot, ServiceEvent.InstanceExited event) {
    return slot.tenant()
        .filter(_ -> event.exit().cause() == ExitCause.NODE_LOST)
        .<Occupancy>map(Occupancy.Missing::new)
        .orElseGet(Occupancy.Vacant::new);
  }

  private static Active withoutEmptySurplus(Active active, int index) {
    return active.slot(index).tenant().isPresent() ? active : withoutSurplus(active, index);
  }

  private static Active withoutSurplus(Active active, int index) {
    return index < active.spec().slots() ? active : Edit.of(active).withoutSlot(index).state();
  }
}
