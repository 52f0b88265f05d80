package io.holdfast.client.view;

import io.holdfast.core.InstanceId;
import io.holdfast.core.balancing.Standing;
import io.holdfast.core.balancing.Totals;
import io.holdfast.core.detection.Outcomes;
import io.holdfast.core.detection.Seen;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * How requests have ended since the supervisor was told last; used by one follower.
 *
 * <p>While it cannot be told, what is to be told is added up, for a while: what is older is no
 * evidence of how an instance does now, and is dropped.
 */
final class OutcomeLog {

  private static final Duration LONGEST = Duration.ofSeconds(10);

  /** Of one report, which is to fit into one message; those with the most failures are told. */
  static final int MOST = 5_000;

  private final String observer = UUID.randomUUID().toString();
  private final Map<InstanceId, Totals> counted = new HashMap<>();
  private final Map<InstanceId, Seen> untold = new HashMap<>();
  private long fromNanos;
  private long countedNanos;

  OutcomeLog(long nowNanos) {
    startAgain(nowNanos);
  }

  /** Nothing from before is told. */
  void startAgain(long nowNanos) {
    untold.clear();
    fromNanos = nowNanos;
    countedNanos = nowNanos;
  }

  /**
   * Adds what has happened since it was counted last.
   *
   * @param doubtful this balancer suspects itself, and bears no witness against others
   */
  void count(RouteTable table, HealthWatch health, boolean doubtful, long nowNanos) {
    if (nowNanos - fromNanos > LONGEST.toNanos()) {
      startAgain(nowNanos);
    }
    counted.keySet().removeIf(instance -> !table.holds(instance));
    untold.keySet().removeIf(instance -> !table.holds(instance));
    Duration since = Duration.ofNanos(nowNanos - countedNanos);
    countedNanos = nowNanos;
    table
        .services()
        .flatMap(service -> service.targets().values().stream())
        .forEach(
            target -> {
              Standing standing =
                  health.of(target.instance().service()).standing(target.instance());
              Seen seen = seen(target, standing, since);
              if (!doubtful && !isNothing(seen)) {
                untold.merge(seen.instance(), seen, Seen::plus);
              }
            });
  }

  /** What is to be told; told by that. */
  Optional<Outcomes> take() {
    Duration over = Duration.ofNanos(countedNanos - fromNanos);
    List<Seen> seen = new ArrayList<>(untold.values());
    startAgain(countedNanos);
    if (seen.isEmpty()) {
      return Optional.empty();
    }
    if (seen.size() > MOST) {
      seen.sort(Comparator.comparingLong((Seen one) -> one.tally().failed()).reversed());
      seen = seen.subList(0, MOST);
    }
    return Optional.of(new Outcomes(observer, over, seen));
  }

  private Seen seen(Target target, Standing standing, Duration since) {
    Totals before = counted.getOrDefault(target.instance(), Totals.NONE);
    Totals now = target.traffic().totalsAfter(before);
    counted.put(target.instance(), now);
    Totals fresh = now.minus(before);
    int ejections = ejections(standing);
    return new Seen(
        target.instance(),
        fresh.tally(),
        fresh.latencies(),
        ejections,
        ejections == 0 ? Duration.ZERO : since);
  }

  private static int ejections(Standing standing) {
    return switch (standing) {
      case Standing.Ejected(_, int times, _) -> times;
      case Standing.OnTrial(_, int times, _) -> times;
      case Standing.Trusted(), Standing.Returned _ -> 0;
    };
  }

  private static boolean isNothing(Seen seen) {
    return seen.tally().total() == 0 && seen.ejections() == 0;
  }
}
