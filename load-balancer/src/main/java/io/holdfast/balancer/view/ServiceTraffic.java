package io.holdfast.balancer.view;

import io.holdfast.core.balancing.Chance;
import io.holdfast.core.balancing.RetryBudget;
import io.holdfast.core.spec.RetryPolicy;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** What outlives the tables for one service: its retry budget, and whose turn it is. */
final class ServiceTraffic implements Chance {

  private final AtomicReference<RetryBudget> budget;
  private final AtomicInteger turn = new AtomicInteger();

  ServiceTraffic(RetryPolicy policy, long nowNanos) {
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

  @Override
  public int below(int bound) {
    return ThreadLocalRandom.current().nextInt(bound);
  }

  @Override
  public int turn() {
    return turn.getAndIncrement();
  }
}
