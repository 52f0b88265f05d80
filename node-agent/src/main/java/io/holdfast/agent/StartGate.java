package io.holdfast.agent;

import io.holdfast.core.InstanceId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who may be starting at the same time.
 *
 * <p>Most programs work hardest while they start. Where all do so at once, after a new start of the
 * machine or when much has failed together, none is ready before its deadline and all begin anew.
 * Those that take the place of a failed one go first: somebody was served by that.
 */
final class StartGate {

  private static final int FEWEST = 4;
  private static final int PER_CPU = 2;

  private final int width;
  private final Set<InstanceId> starting = new HashSet<>();
  private final Set<InstanceId> restarts = new LinkedHashSet<>();
  private final Set<InstanceId> launches = new LinkedHashSet<>();

  private StartGate(int width) {
    this.width = width;
  }

  static StartGate of(int cpus) {
    return new StartGate(width(cpus));
  }

  static int width(int cpus) {
    return Math.max(FEWEST, PER_CPU * cpus);
  }

  /** True when it may start now; otherwise some {@link #leave} names it later. */
  boolean enter(InstanceId id, boolean restart) {
    if (starting.size() < width) {
      starting.add(id);
      return true;
    }
    (restart ? restarts : launches).add(id);
    return false;
  }

  /** One has started, or does not start any more: those that may start now. */
  List<InstanceId> leave(InstanceId id) {
    starting.remove(id);
    restarts.remove(id);
    launches.remove(id);
    List<InstanceId> next = new ArrayList<>();
    while (starting.size() < width) {
      Optional<InstanceId> first = first(restarts).or(() -> first(launches));
      if (first.isEmpty()) {
        break;
      }
      restarts.remove(first.get());
      launches.remove(first.get());
      starting.add(first.get());
      next.add(first.get());
    }
    return next;
  }

  private static Optional<InstanceId> first(Set<InstanceId> waiting) {
    return waiting.stream().findFirst();
  }
}
