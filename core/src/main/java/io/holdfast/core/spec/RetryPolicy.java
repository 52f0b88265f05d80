package io.holdfast.core.spec;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * Retries of one request at a balancer.
 *
 * @param max further tries after the first, 0 to 10
 * @param budget retries as a share of requests, 0 to 1
 * @param minPerSecond retries that are always allowed, 0 to 100,000
 * @param on what they follow; always also connections that were refused
 * @param hedge whether one is made before the first has failed
 */
public record RetryPolicy(
    int max, double budget, int minPerSecond, Set<RetryOn> on, Hedging hedge) {

  public static final RetryPolicy DEFAULT = new RetryPolicy(2, 0.2, 10);

  /** After any failure. */
  public RetryPolicy(int max, double budget, int minPerSecond) {
    this(max, budget, minPerSecond, RetryOn.ALL, new Hedging.Off());
  }

  public RetryPolicy with(Hedging next) {
    return new RetryPolicy(max, budget, minPerSecond, on, next);
  }

  public RetryPolicy {
    Check.range("max", max, 0, 10);
    Check.range("budget", budget, 0.0, 1.0);
    Check.range("minPerSecond", minPerSecond, 0, 100_000);
    if (!on.contains(RetryOn.CONNECT)) {
      throw new InvalidSpec("on", "expected connect among them, which is always tried again");
    }
    on = Collections.unmodifiableSet(EnumSet.copyOf(on));
  }
}
