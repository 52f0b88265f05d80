package io.holdfast.core.supervision;

import io.holdfast.core.InstanceId;
import io.holdfast.core.spec.ServiceSpec;
import io.holdfast.core.supervision.ServiceState.Active;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** How a new specification changes slots and roles; processes are another matter. */
final class SpecChange {

  private SpecChange() {}

  static Active first(
      ServiceEvent.SpecAccepted event, long lastEpoch, SortedMap<InstanceId, Outgoing> outgoing) {
    SortedMap<Long, ServiceSpec> specs = new TreeMap<>();
    specs.put(event.version(), event.spec());
    Active empty =
        new Active(
            event.version(),
            specs,
            new TreeMap<>(),
            outgoing,
            Budgets.FULL,
            new TreeMap<>(),
            Optional.empty(),
            lastEpoch,
            new Membership.Alone(),
            new TreeMap<>(),
            Optional.empty(),
            Incidents.NONE,
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return withRoles(withSlots(Edit.of(empty), empty, event.spec(), event.version()));
  }

  static Active next(Active active, ServiceEvent.SpecAccepted event) {
    Edit edit = Edit.of(active).spec(event.version(), event.spec()).reversion(Optional.empty());
    if (!event.spec().runsDifferently(active.spec())) {
      edit.rollout(active.rollout().map(rollout -> rollout.atVersion(event.version())));
    }
    for (Slot slot : active.slots().values()) {
      // A slot on another process waits for its turn in the rollout; any other follows at once.
      if (!runsDifferently(active, slot, event.spec()) && !waits(active, slot, event.spec())) {
        edit.slot(slot.atVersion(event.version()));
      }
    }
    return withRoles(withSlots(edit, active, event.spec(), beginning(active, event)));
  }

  /** True when accepting {@code next} begins a rollout, or one anew. */
  static boolean rolls(Active active, ServiceSpec next) {
    // A rollout that failed may have left slots behind, which the next version takes along.
    return next.runsDifferently(active.spec())
        || (active.rollout().isEmpty()
            && active.slots().values().stream()
                .anyMatch(slot -> runsDifferently(active, slot, next)));
  }

  /** The version of slots that are added: in a rollout they wait for their turn like the others. */
  private static long beginning(Active active, ServiceEvent.SpecAccepted event) {
    return active.rollout().isPresent() || rolls(active, event.spec())
        ? Reversions.target(active, event.spec(), event.version()).orElse(event.version())
        : event.version();
  }

  /**
   * True for an empty slot whose turn is still to come, or that a version is leaving that has
   * failed, for another than the one before: it gets that in a rollout, and not as the first.
   */
  private static boolean waits(Active active, Slot slot, ServiceSpec spec) {
    boolean hasATurn =
        active
            .rollout()
            .filter(one -> one.from().isPresent() && one.waiting().contains(slot.index()))
            .isPresent();
    boolean isLeft = Reversions.isLeft(active, slot) && Reversions.back(active, spec).isEmpty();
    return (hasATurn || isLeft) && spec.runsDifferently(active.specOf(slot.version()));
  }

  /** True when the slot's present instance is of another process than {@code spec} wants. */
  static boolean runsDifferently(Active active, Slot slot, ServiceSpec spec) {
    return slot.tenant()
        .map(tenant -> spec.runsDifferently(active.specOf(tenant.version())))
        .orElse(false);
  }

  private static Active withSlots(Edit edit, Active active, ServiceSpec spec, long version) {
    int wanted = spec.slots();
    for (int index = 0; index < wanted; index++) {
      if (!active.slots().containsKey(index)) {
        edit.addedSlot(Slot.vacant(index, Role.STANDBY, version));
      }
    }
    for (Slot slot : active.slots().tailMap(wanted).values()) {
      if (slot.tenant().isEmpty() && !active.hasIncoming(slot.index())) {
        edit.withoutSlot(slot.index());
      }
    }
    return edit.state();
  }

  /**
   * As many actives as wanted among the slots that stay. Who is active stays so; ready standbys
   * come before others, lower indices before higher ones.
   */
  private static Active withRoles(Active active) {
    List<Slot> order =
        active.slots().headMap(active.spec().slots()).values().stream()
            .sorted(
                Comparator.comparing((Slot slot) -> !slot.isActive())
                    .thenComparing(slot -> !slot.isReady())
                    .thenComparingInt(Slot::index))
            .toList();
    Edit edit = Edit.of(active);
    int actives = active.spec().instances();
    for (int i = 0; i < order.size(); i++) {
      edit.slot(order.get(i).with(i < actives ? Role.ACTIVE : Role.STANDBY));
    }
    return edit.state();
  }
}
