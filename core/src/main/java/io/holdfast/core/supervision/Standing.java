package io.holdfast.core.supervision;

import io.holdfast.core.instance.Exit;
import io.holdfast.core.spec.Dependency;
import io.holdfast.core.supervision.ServiceState.Active;
import java.util.List;

/**
 * A service in a few words and numbers.
 *
 * @param desired actives that are wanted
 * @param ready actives that are ready
 * @param standby standbys that are ready
 * @param restarts launches after a failure
 * @param started every active has a process
 */
public record Standing(
    State state, int desired, int ready, int standby, long restarts, boolean started) {

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
    int ready = (int) slots.stream().filter(slot -> slot.isActive() && slot.isReady()).count();
    int standby = (int) slots.stream().filter(slot -> !slot.isActive() && slot.isReady()).count();
    return new Standing(
        state(active, slots, ready, dependenciesMet),
        desired,
        ready,
        standby,
        active.slots().values().stream().mapToLong(Slot::restarts).sum(),
        slots.stream().filter(Slot::isActive).allMatch(Standing::hasProcess));
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
    if (!dependenciesMet
        && slots.stream().anyMatch(slot -> slot.occupancy() instanceof Occupancy.Vacant)) {
      return State.WAITING;
    }
    if (active.rollout().isPresent()) {
      return State.ROLLING;
    }
    return ready < active.spec().instances() ? State.DEGRADED : State.READY;
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
