package io.holdfast.supervisor.backup;

import java.time.Duration;
import java.time.Instant;

/**
 * How far numbers rise that may have been given out after the backup was made: further than a
 * cluster can have come in that time. A later restore of the same backup lifts further, so that it
 * passes what was given out after the first.
 *
 * @param versions of each specification
 * @param epochs of each service; and of the events, their places in the order of all
 */
record Lift(long versions, long epochs) {

  private static final long VERSIONS_AT_ONCE = 1_000;
  private static final long VERSIONS_PER_SECOND = 1;

  /** A service has at most 10,000 slots, and an agent gets at most 100 for each at a time. */
  private static final long EPOCHS_AT_ONCE = 1_000_000;

  private static final long EPOCHS_PER_SECOND = 10_000;

  /** A clock that says that the backup is still to be made tells nothing. */
  static Lift between(Instant backup, Instant now) {
    long seconds = Math.max(0, Duration.between(backup, now).toSeconds());
    return new Lift(
        VERSIONS_AT_ONCE + VERSIONS_PER_SECOND * seconds,
        EPOCHS_AT_ONCE + EPOCHS_PER_SECOND * seconds);
  }
}
