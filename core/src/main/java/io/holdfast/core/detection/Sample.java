package io.holdfast.core.detection;

import io.holdfast.core.balancing.Tally;
import java.time.Duration;

/**
 * What is kept of {@link Seen}: counts for the thresholds of one service.
 *
 * @param byTime those of the requests whose time is known, the late ones as failed
 */
record Sample(Tally byOutcome, Tally byTime, int ejections, Duration ejected) {

  static Sample of(Seen seen, Duration late) {
    long all = seen.latencies().total();
    long slow = seen.latencies().above(late);
    return new Sample(seen.tally(), new Tally(all - slow, slow), seen.ejections(), seen.ejected());
  }

  Sample plus(Sample later) {
    return new Sample(
        byOutcome.plus(later.byOutcome),
        byTime.plus(later.byTime),
        later.ejections,
        ejected.plus(later.ejected));
  }
}
