package io.holdfast.core.balancing;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * How the endpoints of a service did in one window, to hold each of them against its siblings.
 *
 * <p>By medians, and the median distance from them: the mean and the standard deviation are moved
 * by the very outliers that are looked for, so that no more than a fifth could ever be found.
 */
final class Comparison {

  /** Asked again and again of each endpoint, so it has to be surer than once in a hundred. */
  private static final double VERY_SURE = 2.6;

  private static final int ENOUGH = 20;
  private static final int ENOUGH_SIBLINGS = 2;
  private static final double LEAST_DISTANCE = 0.05;

  /** Three standard deviations, if failures were spread normally. */
  private static final double MADS = 3 * 1.4826;

  private static final double SLOWER = 3;
  private static final double USUAL_SLOWEST = 0.9;
  private static final Duration NOTICEABLY = Duration.ofMillis(20);

  private final double[] failureRates;
  private final double[] slowest;
  private final double spread;

  private Comparison(double[] failureRates, double[] slowest) {
    this.failureRates = failureRates;
    this.slowest = slowest;
    double median = median(failureRates);
    this.spread =
        median(Arrays.stream(failureRates).map(rate -> Math.abs(rate - median)).sorted().toArray());
  }

  /** Only of those of which enough is known. */
  static Comparison of(List<Totals> all) {
    return new Comparison(
        sorted(all, seen -> seen.tally().total(), seen -> seen.tally().failureRate()),
        sorted(all, seen -> seen.latencies().total(), Comparison::slowest));
  }

  /** Why one of them does worse than its siblings. */
  Optional<EjectionReason> reason(Totals one) {
    if (failsMore(one)) {
      return Optional.of(EjectionReason.SUCCESS_RATE);
    }
    return isSlower(one) ? Optional.of(EjectionReason.LATENCY) : Optional.empty();
  }

  private boolean failsMore(Totals one) {
    if (one.tally().total() < ENOUGH || failureRates.length <= ENOUGH_SIBLINGS) {
      return false;
    }
    double rate = one.tally().failureRate();
    double median = medianWithout(failureRates, rate);
    return rate > median + MADS * spread
        && one.tally().surelyFailing(VERY_SURE) > median + LEAST_DISTANCE;
  }

  private boolean isSlower(Totals one) {
    if (one.latencies().total() < ENOUGH || slowest.length <= ENOUGH_SIBLINGS) {
      return false;
    }
    double own = slowest(one);
    double median = medianWithout(slowest, own);
    return own > SLOWER * median && own > median + NOTICEABLY.toNanos();
  }

  private static double slowest(Totals seen) {
    return seen.latencies().within(USUAL_SLOWEST);
  }

  private static double[] sorted(
      List<Totals> all, ToDoubleFunction<Totals> count, ToDoubleFunction<Totals> value) {
    return all.stream()
        .filter(seen -> count.applyAsDouble(seen) >= ENOUGH)
        .mapToDouble(value)
        .sorted()
        .toArray();
  }

  /** Of sorted values; the upper one of two middles, 0 of none. */
  static double median(double[] sorted) {
    return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
  }

  /** The median of the others, when {@code one} is among the sorted values. */
  static double medianWithout(double[] sorted, double one) {
    int middle = (sorted.length - 1) / 2;
    int own = Arrays.binarySearch(sorted, one);
    return sorted[own >= 0 && own <= middle ? middle + 1 : middle];
  }
}
