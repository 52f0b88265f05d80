package io.holdfast.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Looks again and again. */
final class Waiting {

  private static final Duration LONGEST = Duration.ofMinutes(2);
  private static final Duration PAUSE = Duration.ofMillis(20);

  interface Condition {
    boolean holds() throws Exception;
  }

  private Waiting() {}

  static void until(String what, Condition condition) throws Exception {
    until(what, LONGEST, condition);
  }

  /** Lets time go by. */
  static void pass(Duration lasts) {
    long end = System.nanoTime() + lasts.toNanos();
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(TimeUnit.NANOSECONDS.convert(PAUSE));
    }
  }

  static void until(String what, Duration longest, Condition condition) throws Exception {
    long end = System.nanoTime() + longest.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > end) {
        throw new IOException(
            String.format(Locale.ROOT, "waited %d s in vain until %s", longest.toSeconds(), what));
      }
      LockSupport.parkNanos(TimeUnit.NANOSECONDS.convert(PAUSE));
    }
  }
}
