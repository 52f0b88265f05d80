package io.holdfast.cli.sample;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;

/** How the sample behaves just now. Every trouble ends by itself. */
final class Mood {

  private final AtomicReference<Trouble> trouble = new AtomicReference<>(Trouble.NONE);

  /**
   * What is wrong, and until when.
   *
   * @param hang no request is answered
   * @param delay before every answer
   * @param errorRate share of requests that are answered with status 500
   */
  record Trouble(boolean hang, Duration delay, double errorRate, Instant until) {
    static final Trouble NONE = new Trouble(false, Duration.ZERO, 0, Instant.MIN);
  }

  void set(Trouble next) {
    trouble.set(next);
  }

  /** Waits as long as the trouble wants; true when the request is to fail. */
  boolean suffer() {
    Trouble now = trouble.get();
    if (Instant.now().isAfter(now.until())) {
      return false;
    }
    if (now.hang()) {
      Sample.pause(Duration.between(Instant.now(), now.until()));
    }
    Sample.pause(now.delay());
    return ThreadLocalRandom.current().nextDouble() < now.errorRate();
  }

  /** At once, without a word to anyone, like a real one. */
  static void crash(int code) {
    System.err.println("sample: crashes with code " + code + " as it was told");
    Runtime.getRuntime().halt(code);
  }
}
