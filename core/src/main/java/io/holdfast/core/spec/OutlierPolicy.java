package io.holdfast.core.spec;

import java.time.Duration;

/**
 * When a balancer takes an endpoint out because of what its own requests saw.
 *
 * @param consecutiveConnect connections refused in a row, 1 to 1,000
 * @param failureRate that is surely exceeded, above 0; at 1 no rate is too high
 * @param baseEjection the first time, doubled each time that follows
 * @param maxEjection the longest
 */
public record OutlierPolicy(
    int consecutiveConnect, double failureRate, Duration baseEjection, Duration maxEjection) {

  public static final OutlierPolicy DEFAULT =
      new OutlierPolicy(3, 0.5, Duration.ofSeconds(5), Duration.ofSeconds(60));

  public OutlierPolicy {
    Check.range("consecutiveConnect", consecutiveConnect, 1, 1_000);
    Check.range("failureRate", failureRate, 0.01, 1.0);
    Check.positive("baseEjection", baseEjection);
    Check.positive("maxEjection", maxEjection);
    if (maxEjection.compareTo(baseEjection) < 0) {
      throw new InvalidSpec("maxEjection", "expected at least baseEjection");
    }
  }
}
