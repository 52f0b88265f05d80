package io.holdfast.core.balancing;

import io.holdfast.core.spec.RetryPolicy;
import java.util.Optional;

/**
 * What a service may still spend on retries, so that retries never become the overload.
 *
 * <p>Each request earns its share, time earns {@link RetryPolicy#minPerSecond}, a retry costs one.
 * At most {@value #BURST_SECONDS} seconds' worth and {@value #BURST_EARNED} earned ones are saved.
 */
public record RetryBudget(double tokens, long atNanos) {

  private static final int BURST_SECONDS = 10;
  private static final int BURST_EARNED = 100;
  private static final double NANOS_PER_SECOND = 1e9;

  /** A budget that time has filled. */
  public static RetryBudget full(RetryPolicy policy, long nowNanos) {
    return new RetryBudget((double) policy.minPerSecond() * BURST_SECONDS, nowNanos);
  }

  /** After one more request, not counting its retries. */
  public RetryBudget earn(RetryPolicy policy, long nowNanos) {
    RetryBudget now = at(policy, nowNanos);
    return new RetryBudget(capped(policy, now.tokens + policy.budget()), now.atNanos);
  }

  /** After a retry; empty when it cannot be afforded. */
  public Optional<RetryBudget> spend(RetryPolicy policy, long nowNanos) {
    RetryBudget now = at(policy, nowNanos);
    return now.tokens < 1
        ? Optional.empty()
        : Optional.of(new RetryBudget(now.tokens - 1, now.atNanos));
  }

  private RetryBudget at(RetryPolicy policy, long nowNanos) {
    // Threads read their clocks before they race for the budget: a late one must not turn it back.
    long elapsed = Math.max(0, nowNanos - atNanos);
    double earned = elapsed / NANOS_PER_SECOND * policy.minPerSecond();
    return new RetryBudget(capped(policy, tokens + earned), atNanos + elapsed);
  }

  private static double capped(RetryPolicy policy, double tokens) {
    return Math.min(tokens, (double) policy.minPerSecond() * BURST_SECONDS + BURST_EARNED);
  }
}
