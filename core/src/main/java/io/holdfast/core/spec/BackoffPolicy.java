package io.holdfast.core.spec;

import java.time.Duration;

/**
 * Waits between restarts: the first is immediate, then {@code initial * factor^n} up to {@code
 * max}, varied by plus or minus {@code jitter}, forgotten after {@code reset} of health.
 */
public record BackoffPolicy(
    Duration initial, double factor, Duration max, double jitter, Duration reset) {

  public static final BackoffPolicy DEFAULT =
      new BackoffPolicy(
          Duration.ofMillis(100), 2.0, Duration.ofSeconds(30), 0.2, Duration.ofSeconds(60));

  public BackoffPolicy {
    Check.positive("initial", initial);
    Check.range("factor", factor, 1.0, 100.0);
    Check.positive("max", max);
    Check.range("jitter", jitter, 0.0, 1.0);
    Check.positive("reset", reset);
    if (max.compareTo(initial) < 0) {
      throw new InvalidSpec("max", "expected at least the initial wait");
    }
  }

  /**
   * The wait before restart number {@code attempt} in a row.
   *
   * @param attempt 0 for the first, which is immediate
   * @param random in [0, 1); where in the jitter's range to fall
   */
  public Duration delay(int attempt, double random) {
    if (attempt <= 0) {
      return Duration.ZERO;
    }
    double grown = (double) initial.toMillis() * Math.pow(factor, Math.min(attempt - 1, 1_000));
    double capped = Math.min(grown, (double) max.toMillis());
    return Duration.ofMillis(Math.round(capped * (1 + jitter * (2 * random - 1))));
  }
}
