package io.holdfast.core;

import java.time.Duration;

/** How core says things to people. */
public final class InWords {

  private InWords() {}

  /**
   * As a specification writes it, in at most two units: {@code 1h30m}, {@code 2.5s}, {@code 0s}.
   */
  public static String of(Duration duration) {
    long millis = duration.toMillis();
    if (millis != 0 && millis < 1_000) {
      return millis + "ms";
    }
    long seconds = millis / 1_000;
    if (seconds < 60) {
      long tenths = millis % 1_000 / 100;
      return tenths == 0 ? seconds + "s" : seconds + "." + tenths + "s";
    }
    return seconds < 3_600 ? pair(seconds, 60, "m", "s") : pair(seconds / 60, 60, "h", "m");
  }

  private static String pair(long count, long per, String large, String small) {
    long rest = count % per;
    return count / per + large + (rest == 0 ? "" : rest + small);
  }
}
