package io.holdfast.core.supervision;

import io.holdfast.core.GroupName;
import io.holdfast.core.supervision.ServiceState.Active;
import java.util.Optional;

/** What a service does at the word of its group. An order that is not news changes nothing. */
final class Grouping {

  private Grouping() {}

  /** A new service waits for its group's word; one that runs already goes on. */
  static void belongs(Draft draft, Optional<GroupName> parent, boolean isNew) {
    draft
        .active()
        .map(Active::membership)
        .map(Membership::parent)
        .filter(known -> !known.equals(parent))
        .ifPresent(
            _ ->
                draft.record(
                    parent
                        .<ServiceEvent>map(
                            group -> new ServiceEvent.GroupJoined(group, isNew, draft.now()))
                        .orElseGet(() -> new ServiceEvent.GroupLeft(draft.now()))));
  }

  static void halt(Draft draft, ServiceInput.HaltOrdered input) {
    if (!isNews(draft, input.group(), input.order())) {
      return;
    }
    if (draft.active().orElseThrow().rollout().isPresent()) {
      draft.record(
          new ServiceEvent.RolloutEnded(
              Optional.of("its group restarts it"), Optional.empty(), draft.now()));
    }
    Relocations.giveUp(draft, "its group restarts it");
    draft.record(new ServiceEvent.Halted(input.group(), input.order(), input.why(), draft.now()));
    draft.active().orElseThrow().slots().values().stream()
        .flatMap(slot -> slot.tenant().stream())
        .toList()
        .reversed()
        .forEach(tenant -> draft.drain(tenant.id(), input.why()));
  }

  static void begin(Draft draft, ServiceInput.BeginOrdered input) {
    if (isNews(draft, input.group(), input.order())) {
      draft.record(new ServiceEvent.Begun(input.group(), input.order(), draft.now()));
    } else {
      // An order is obeyed once; the same one begins what it has halted.
      draft
          .active()
          .map(Active::membership)
          .filter(new Membership.Halted(input.group(), input.order())::equals)
          .ifPresent(
              _ -> draft.record(new ServiceEvent.Begun(input.group(), input.order(), draft.now())));
    }
  }

  static void hold(Draft draft, ServiceInput.HoldOrdered input) {
    draft
        .active()
        .filter(active -> active.membership().parent().equals(Optional.of(input.group())))
        .flatMap(active -> Optional.ofNullable(active.slots().get(input.instance().slot())))
        .filter(slot -> slot.occupancy() instanceof Occupancy.Escalated)
        .filter(
            slot ->
                slot.lastLaunch().map(Slot.LastLaunch::id).equals(Optional.of(input.instance())))
        .ifPresent(slot -> Reconciliation.hold(draft, slot.index(), input.clause()));
  }

  private static boolean isNews(Draft draft, GroupName group, long order) {
    return draft
        .active()
        .map(Active::membership)
        .filter(membership -> membership.isNews(group, order))
        .isPresent();
  }
}
