package io.holdfast.core.detection;

import io.holdfast.core.balancing.Tally;
import java.time.Duration;
import java.time.Instant;

/**
 * Failures in a row that one observer has seen on one instance, as far as its reports can tell.
 *
 * @param first when the first of them was seen
 * @param last when the last was
 */
record Streak(long failures, Instant first, Instant last) {

  /** Without another try for so long nothing shows that it is the same one that goes on. */
  private static final Duration LONGEST_GAP = Duration.ofMinutes(2);

  static final Streak NONE = new Streak(0, Instant.MIN, Instant.MIN);

  /** In what order answers and failures came within a report is not known: an answer ends it. */
  Streak after(Tally fresh, Instant at) {
    if (fresh.answered() > 0) {
      return NONE;
    }
    if (fresh.failed() == 0) {
      return this;
    }
    return failures == 0 || isOver(at)
        ? new Streak(fresh.failed(), at, at)
        : new Streak(failures + fresh.failed(), first, at.isAfter(last) ? at : last);
  }

  boolean isOver(Instant now) {
    return failures == 0 || now.isAfter(last.plus(LONGEST_GAP));
  }

  /** From the first to the last. */
  Duration lasting() {
    return failures == 0 ? Duration.ZERO : Duration.between(first, last);
  }
}
