package io.holdfast.client.view;

import java.time.Duration;

/** How long to wait before the next connection: 100 ms doubling to 2 s, jittered to half of it. */
final class Backoff {

  private static final long FIRST_MILLIS = 100;
  private static final long LONGEST_MILLIS = 2_000;
  private static final int DOUBLINGS = 5;

  private Backoff() {}

  /**
   * @param failures in a row, from 0
   * @param draw from 0 to below 1
   */
  static Duration delay(int failures, double draw) {
    long full = Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(failures, DOUBLINGS));
    return Duration.ofMillis(Math.round(full * (1 + draw) / 2));
  }
}
