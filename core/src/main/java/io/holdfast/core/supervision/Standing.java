package io.holdfast.core.supervision;

import io.holdfast.core.instance.Exit;
import io.holdfast.core.spec.Dependency;
import io.holdfast.core.supervision.ServiceState.Active;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * A service in a few words and numbers.
 *
 * @param desired actives that are wanted
 * @param ready actives that are ready
 * @param standby standbys that are ready
 * @param restarts launches after a failure
 * @param started every active has a process
 * @param renewals instances replaced so far
 */
public record Standing(
    State state,
    int desired,
    int ready,
    int standby,
    long restarts,
    boolean started,
    Renewals renewals) {

  /** The first that applies, in this order. */
  public enum State {
    STOPPED,
    COMPLETED,
    HELD,
    WAITING,
    ROLLING,
    DEGRADED,
    READY
  }

  /**
   * The standing of a service.
   *
   * @param dependenciesMet false while a dependency keeps it from launching
   */
  public static Standing of(Active active, boolean dependenciesMet) {
    List<Slot> slots = List.copyOf(active.slots().headMap(active.spec().slots()).values());
    int desired = active.spec().instances();
    int ready = active.ready();
    int standby = (int) slots.stream().filter(slot -> !slot.isActive() && slot.isReady()).count();
    return new Standing(
        state(active, slots, ready, dependenciesMet),
        desired,
        ready,
        standby,
        active.slots().values().stream().mapToLong(Slot::restarts).sum(),
        slots.stream().filter(Slot::isActive).allMatch(Standing::hasProcess),
        renewals(active));
  }

  private static State state(Active active, List<Slot> slots, int ready, boolean dependenciesMet) {
    if (active.spec().instances() == 0) {
      return State.STOPPED;
    }
    if (slots.stream().allMatch(Standing::hasCompleted)) {
      return State.COMPLETED;
    }
    if (slots.stream().anyMatch(slot -> slot.occupancy() instanceof Occupancy.Held)) {
      return State.HELD;
    }
    boolean kept = !dependenciesMet || active.membership().isHalted();
    if (kept && slots.stream().anyMatch(Slot::isVacant)) {
      return State.WAITING;
    }
    if (active.rollout().isPresent()) {
      return State.ROLLING;
    }
    return ready < active.spec().instances() ? State.DEGRADED : State.READY;
  }

  private static Renewals renewals(Active active) {
    return new Renewals(
        active.slots().values().stream().mapToLong(Slot::renewals).sum(),
        active.slots().values().stream()
            .filter(slot -> slot.renewals() > 0)
            .flatMap(slot -> slot.lastLaunch().stream())
            .map(Slot.LastLaunch::at)
            .max(Comparator.naturalOrder())
            .orElse(Instant.EPOCH));
  }

  private static boolean hasCompleted(Slot slot) {
    return slot.occupancy() instanceof Occupancy.Ended
        && slot.lastExit().map(Exit::endedWell).orElse(false);
  }

  private static boolean hasProcess(Slot slot) {
    return slot.tenant().map(tenant -> !tenant.isLaunching()).orElse(false);
  }

  /** True when a dependent that wants {@code condition} may launch. */
  public boolean meets(Dependency.Condition condition) {
    return switch (condition) {
      case STARTED -> state == State.COMPLETED || (desired > 0 && started);
      case READY -> desired > 0 && ready >= desired;
      case COMPLETED -> state == State.COMPLETED;
    };
  }
}
