package io.holdfast.core.supervision;

import io.holdfast.core.InWords;
import io.holdfast.core.InstanceId;
import io.holdfast.core.NodeId;
import io.holdfast.core.placement.Preference;
import io.holdfast.core.supervision.ServiceState.Active;
import io.holdfast.core.supervision.ServiceState.Blank;
import io.holdfast.core.supervision.ServiceState.Gone;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The steps from what is to what is wanted. Done again at every decision; idempotent. */
final class Reconciliation {

  /** A drain that nobody confirms ends by itself after this long. */
  static final Duration LONGEST_DRAIN = Duration.ofSeconds(6);

  /**
   * A stop that nobody confirms is asked for again after this long. Longer than most graces, since
   * each time is recorded; an agent that comes back is asked at once, see {@link Observation}.
   */
  static final Duration STOP_AGAIN = Duration.ofSeconds(30);

  private Reconciliation() {}

  static void reconcile(Draft draft) {
    switch (draft.state()) {
      case Blank() -> {}
      case Gone gone -> finish(draft, gone.outgoing());
      case Active _ -> {
        drainSurplus(draft);
        finishOutgoing(draft);
        Regarding.followUp(draft);
        Thresholding.followUp(draft);
        wakeSlots(draft);
        Renewing.follow(draft);
        Relocations.advance(draft);
        Rollouts.advance(draft);
        fillSlots(draft);
        Delegating.refresh(draft);
        revert(draft);
      }
    }
  }

  private static void drainSurplus(Draft draft) {
    Active active = draft.active().orElseThrow();
    int wanted = active.spec().slots();
    // The newcomer first: its turn ends with its slot, and nothing would know of it any more.
    Stream.concat(
            active.incoming().stream().filter(tenant -> tenant.id().slot() >= wanted),
            active.slots().tailMap(wanted).values().stream()
                .flatMap(slot -> slot.tenant().stream()))
        .forEach(tenant -> draft.drain(tenant.id(), "fewer instances are wanted"));
  }

  private static void finishOutgoing(Draft draft) {
    finish(draft, draft.active().orElseThrow().outgoing());
  }

  private static void finish(Draft draft, Map<InstanceId, Outgoing> outgoing) {
    for (Outgoing out : List.copyOf(outgoing.values())) {
      Duration age = Duration.between(out.since(), draft.now());
      boolean due = age.compareTo(out.stopping() ? STOP_AGAIN : LONGEST_DRAIN) >= 0;
      if (due && Ordering.mayStop(draft, out.tenant().id())) {
        draft.stop(out.tenant());
      }
    }
  }

  /** Slots whose wait is over: a backoff launches where it failed, a hold looks for a place. */
  private static void wakeSlots(Draft draft) {
    for (Slot slot : draft.active().orElseThrow().slots().values()) {
      switch (slot.occupancy()) {
        case Occupancy.BackingOff(var node, var until) -> {
          if (!until.isAfter(draft.now())) {
            draft.record(new ServiceEvent.SlotWoken(slot.index(), draft.now()));
            Active active = draft.active().orElseThrow();
            Slot woken = active.slot(slot.index());
            if (mayFill(draft, active, woken)) {
              Service.launch(draft, woken, node);
            }
          }
        }
        case Occupancy.Held(var until) -> wake(draft, slot, until);
        case Occupancy.Fenced(var until) -> wake(draft, slot, until);
        case Occupancy.Escalated(var until) -> {
          if (!until.isAfter(draft.now())) {
            hold(draft, slot.index(), "hold.retry: its group has not answered");
          }
        }
        case Occupancy.Vacant(), Occupancy.Missing _, Occupancy.Occupied _, Occupancy.Ended() -> {}
      }
    }
  }

  private static void wake(Draft draft, Slot slot, Instant until) {
    if (!until.isAfter(draft.now())) {
      draft.record(new ServiceEvent.SlotWoken(slot.index(), draft.now()));
    }
  }

  /** The last rung, for a slot whose group was asked. */
  static void hold(Draft draft, int slot, String why) {
    Duration retry = draft.active().orElseThrow().spec().hold().retry();
    draft.record(
        new ServiceEvent.SlotsHeld(
            new TreeSet<>(Set.of(slot)),
            draft.now().plus(retry),
            why + "; tried again every " + InWords.of(retry),
            draft.now()));
  }

  private static void fillSlots(Draft draft) {
    Active active = draft.active().orElseThrow();
    Set<NodeId> avoided = active.budgets().avoided(draft.now());
    active.slots().values().stream()
        .filter(slot -> mayFill(draft, active, slot))
        .forEach(
            slot -> draft.then(new ServiceEffect.Place(slot.index(), preference(slot, avoided))));
    active
        .surge()
        .filter(turn -> Rollouts.wantsIncoming(draft, active, turn.slot()))
        .filter(turn -> !mayFill(draft, active, active.slot(turn.slot())))
        .ifPresent(
            turn ->
                draft.then(
                    new ServiceEffect.Place(
                        turn.slot(),
                        new Preference(
                            Optional.empty(), avoided, Nodes.barred(active, turn.slot())))));
  }

  /** The catalogue may not have heard of it. */
  private static void revert(Draft draft) {
    Active active = draft.active().orElseThrow();
    active
        .reversion()
        .ifPresent(
            back ->
                draft.then(
                    new ServiceEffect.Revert(
                        back.failed(),
                        active.specOf(back.to()).withInstances(active.spec().instances()),
                        back.why())));
  }

  /** Where it ran before, unless that did it no good; one that was held may go anywhere. */
  private static Preference preference(Slot slot, Set<NodeId> avoided) {
    return new Preference(
        slot.lastLaunch()
            .map(Slot.LastLaunch::node)
            .filter(node -> !slot.probation() && !avoided.contains(node)),
        avoided);
  }

  /**
   * An empty slot that is wanted, whose dependencies are there, whose group lets it run, whose turn
   * it is, whose version is not just being left, and whose fixed ports are free. At most one
   * earlier instance may still be leaving it.
   */
  static boolean mayFill(Draft draft, Active active, Slot slot) {
    return slot.isVacant()
        && slot.index() < active.spec().slots()
        && draft.surroundings().dependenciesMet()
        && !active.membership().isHalted()
        && !Reversions.isLeft(active, slot)
        && Ordering.mayStart(active, slot)
        && others(active, slot.index()) <= mostOthers(active, slot);
  }

  private static int mostOthers(Active active, Slot slot) {
    return active.specOf(slot.version()).stopsFirst() ? 0 : 1;
  }

  /** Instances of the slot besides the one that fills it. */
  static long others(Active active, int slot) {
    if (active.outgoing().isEmpty() && active.incoming().isEmpty()) {
      return 0;
    }
    return Stream.concat(
            active.outgoing().keySet().stream(), active.incoming().map(Tenant::id).stream())
        .filter(instance -> instance.slot() == slot)
        .count();
  }
}
