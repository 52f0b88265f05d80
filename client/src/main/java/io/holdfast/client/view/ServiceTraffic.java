package io.holdfast.client.view;

import io.holdfast.core.balancing.Chance;
import io.holdfast.core.balancing.RetryBudget;
import io.holdfast.core.balancing.TryLimit;
import io.holdfast.core.spec.RetryPolicy;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** What outlives the tables for one service: its retry budget, and whose turn it is. */
final class ServiceTraffic implements Chance {

  private static final Duration LOOK_INTERVAL = Duration.ofMillis(10);

  private final AtomicReference<RetryBudget> budget;
  private final AtomicInteger turn = new AtomicInteger();
  private final AtomicLong lookedNanos;
  private volatile double usualNanos = TryLimit.UNKNOWN;

  ServiceTraffic(RetryPolicy policy, long nowNanos) {
    lookedNanos = new AtomicLong(nowNanos);
    budget = new AtomicReference<>(RetryBudget.full(policy, nowNanos));
  }

  void earn(RetryPolicy policy, long nowNanos) {
    budget.updateAndGet(last -> last.earn(policy, nowNanos));
  }

  boolean spend(RetryPolicy policy, long nowNanos) {
    while (true) {
      RetryBudget last = budget.get();
      Optional<RetryBudget> next = last.spend(policy, nowNanos);
      if (next.isEmpty()) {
        return false;
      }
      if (budget.compareAndSet(last, next.get())) {
        return true;
      }
    }
  }

  /** What requests of this service usually take at most; told by the follower. */
  double usualNanos() {
    return usualNanos;
  }

  void usually(double nanos) {
    usualNanos = nanos;
  }

  /** At most once in a while, so that a service that fails all the time costs no more than that. */
  boolean isTimeToLook(long nowNanos) {
    long last = lookedNanos.get();
    return nowNanos - last >= LOOK_INTERVAL.toNanos() && lookedNanos.compareAndSet(last, nowNanos);
  }

  @Override
  public int below(int bound) {
    return ThreadLocalRandom.current().nextInt(bound);
  }

  @Override
  public int turn() {
    return turn.getAndIncrement();
  }
}
