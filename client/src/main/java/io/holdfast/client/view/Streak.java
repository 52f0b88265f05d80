package io.holdfast.client.view;

import io.holdfast.core.balancing.Tally;
import io.holdfast.core.detection.FailingStreak;
import java.time.Duration;

/**
 * Failures in a row on one instance, as far as two looks a second apart can tell.
 *
 * @param firstNanos when the first of them was seen
 * @param lastNanos when the last was
 */
record Streak(long failures, long firstNanos, long lastNanos) {

  private static final int WORTH_TELLING = 3;

  /** Without another try for so long it says nothing of now. */
  private static final Duration FRESH = Duration.ofMinutes(2);

  static final Streak NONE = new Streak(0, 0, 0);

  /** In what order answers and failures came between two looks is not known: an answer ends it. */
  Streak after(Tally fresh, long nowNanos) {
    if (fresh.answered() > 0) {
      return NONE;
    }
    if (fresh.failed() > 0) {
      return new Streak(failures + fresh.failed(), failures == 0 ? nowNanos : firstNanos, nowNanos);
    }
    return failures > 0 && nowNanos - lastNanos > FRESH.toNanos() ? NONE : this;
  }

  boolean isWorthTelling() {
    return failures >= WORTH_TELLING;
  }

  FailingStreak told() {
    return new FailingStreak(failures, Duration.ofNanos(lastNanos - firstNanos));
  }
}
