package io.holdfast.core.balancing;

import io.holdfast.core.spec.TryTimeout;
import java.time.Duration;
import java.util.List;

/** How long one try goes on before another instance is asked. */
public final class TryLimit {

  /** Nothing is known of how long the service usually takes. */
  public static final double UNKNOWN = 0;

  private static final Duration SHORTEST = Duration.ofMillis(100);
  private static final double TIMES = 4;
  private static final double ALMOST_ALL = 0.99;
  private static final int ENOUGH = 20;

  /** Until it is known what is usual: two tries and a rest. */
  private static final double SHARE = 0.4;

  private static final Duration SHORTEST_SHARE = Duration.ofSeconds(1);

  private TryLimit() {}

  /**
   * Nanoseconds within which almost all answers of late came on the middle one of the endpoints, of
   * two the faster: one that has become slow does not move what is usual, and a service that has
   * does.
   *
   * <p>Tries that were given up are no answers. Each took as long as the limit was, so that an
   * endpoint that hangs would raise the limit, again and again, until nothing was given up at all.
   *
   * @param before what is kept as long as nothing is known
   */
  public static double usual(List<Conduct> conducts, double before) {
    double[] each =
        conducts.stream()
            .map(Conduct::lasting)
            .filter(seen -> seen.tally().answered() >= ENOUGH)
            .mapToDouble(TryLimit::almostAll)
            .sorted()
            .toArray();
    return each.length == 0 ? before : each[(each.length - 1) / 2];
  }

  /** What was given up took longer than what was answered: the longest are left out. */
  private static double almostAll(Totals seen) {
    double answered = (double) seen.tally().answered() / seen.latencies().total();
    return seen.latencies().within(ALMOST_ALL * Math.min(1, answered));
  }

  /**
   * At most the time of the whole request.
   *
   * @param usualNanos or {@link #UNKNOWN}
   */
  public static Duration of(TryTimeout policy, Duration whole, double usualNanos) {
    Duration limit =
        switch (policy) {
          case TryTimeout.Fixed(Duration fixed) -> fixed;
          case TryTimeout.Learned _ ->
              usualNanos == UNKNOWN
                  ? longer(SHORTEST_SHARE, Math.round(whole.toNanos() * SHARE))
                  : longer(SHORTEST, Math.round(TIMES * usualNanos));
        };
    return limit.compareTo(whole) < 0 ? limit : whole;
  }

  private static Duration longer(Duration least, long nanos) {
    return nanos > least.toNanos() ? Duration.ofNanos(nanos) : least;
  }
}
