package io.holdfast.core.instance;

import io.holdfast.core.spec.Probe;

/**
 * The latest answers of one probe. At most one of the two counts is above zero.
 *
 * @param passes in a row, up to now
 * @param misses in a row, up to now
 * @param lastMiss what the latest miss said; blank before the first
 */
public record Streak(int passes, int misses, String lastMiss) {

  public static final Streak NONE = new Streak(0, 0, "");

  // A healthy instance is probed for months: the counts stop where no probe asks for more.
  private static final int ENOUGH = 100;

  Streak passed() {
    return new Streak(Math.min(passes + 1, ENOUGH), 0, lastMiss);
  }

  Streak missed(String detail) {
    return new Streak(0, Math.min(misses + 1, ENOUGH), detail);
  }

  boolean good(Probe probe) {
    return passes >= probe.successes();
  }

  boolean bad(Probe probe) {
    return misses >= probe.failures();
  }
}
