package io.holdfast.core.detection;

import io.holdfast.core.balancing.Tally;
import java.time.Duration;
import java.time.Instant;

/**
 * What is kept of {@link Seen}: counts for the thresholds of one service.
 *
 * @param byTime those of the requests whose time is known, the late ones as failed
 * @param failing from the first to the last failure
 */
record Sample(Tally byOutcome, Tally byTime, int ejections, Duration ejected, Span failing) {

  static Sample of(Seen seen, Duration late, Instant at) {
    long all = seen.latencies().total();
    long slow = seen.latencies().above(late);
    return new Sample(
        seen.tally(),
        new Tally(all - slow, slow),
        seen.ejections(),
        seen.ejected(),
        seen.tally().failed() > 0 ? Span.at(at) : Span.NONE);
  }

  Sample plus(Sample later) {
    return new Sample(
        byOutcome.plus(later.byOutcome),
        byTime.plus(later.byTime),
        later.ejections,
        ejected.plus(later.ejected),
        failing.plus(later.failing));
  }
}
