package io.holdfast.balancer.gateway;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** How long is fuzzed, and from where: {@code -Dfuzz.minutes=10 -Dfuzz.seed=1}. */
final class FuzzTime {

  private static final int USUAL_ROUNDS = 300;

  private FuzzTime() {}

  static long seed() {
    return Long.getLong("fuzz.seed", 1);
  }

  static BooleanSupplier goesOn() {
    int minutes = Integer.getInteger("fuzz.minutes", 0);
    AtomicInteger rounds = new AtomicInteger();
    long end = System.nanoTime() + Duration.ofMinutes(minutes).toNanos();
    return minutes == 0
        ? () -> rounds.incrementAndGet() <= USUAL_ROUNDS
        : () -> System.nanoTime() - end < 0;
  }
}
