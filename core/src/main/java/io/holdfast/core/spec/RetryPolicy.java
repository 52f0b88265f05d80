package io.holdfast.core.spec;

/**
 * Retries of one request at a balancer.
 *
 * @param max further tries after the first, 0 to 10
 * @param budget retries as a share of requests, 0 to 1
 * @param minPerSecond retries that are always allowed, 0 to 100,000
 */
public record RetryPolicy(int max, double budget, int minPerSecond) {

  public static final RetryPolicy DEFAULT = new RetryPolicy(2, 0.2, 10);

  public RetryPolicy {
    Check.range("max", max, 0, 10);
    Check.range("budget", budget, 0.0, 1.0);
    Check.range("minPerSecond", minPerSecond, 0, 100_000);
  }
}
