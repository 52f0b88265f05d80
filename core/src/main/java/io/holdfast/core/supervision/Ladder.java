package io.holdfast.core.supervision;

import io.holdfast.core.spec.RestartPolicy;
import java.time.Duration;
import java.time.Instant;

/**
 * The two rungs in place: how far a service's failures on one node have driven it up.
 *
 * <p>Within the intensity a restart follows at once. Above it come as many restarts with growing
 * waits, but no more than {@link #MOST_WAITS}; then nothing more is tried in place. Failures older
 * than the period leave the window, as in OTP; {@code backoff.reset} of health ends the waits, but
 * empties no window that is longer: no period ever sees more restarts at once than the intensity.
 *
 * @param failures moments of the restarts that followed at once
 * @param backoffs waits since the window was full
 * @param since health counts from here: the moment of the last restart, in the future while waiting
 */
record Ladder(Window failures, int backoffs, Instant since) {

  static final Ladder BOTTOM = new Ladder(Window.EMPTY, 0, Instant.EPOCH);

  /** An intensity is raised for restarts at once; nobody wants to wait a thousand times. */
  static final int MOST_WAITS = 10;

  /** What may be tried in place. */
  sealed interface Rung {

    /**
     * A restart at once.
     *
     * @param number of those within the period, this one included
     */
    record AtOnce(int number) implements Rung {}

    /**
     * A restart after a wait.
     *
     * @param number of the waits in a row, this one included
     */
    record AfterWait(Duration delay, int number) implements Rung {}

    /** Nothing any more. */
    record Spent() implements Rung {}
  }

  /**
   * What a failure now may be answered with.
   *
   * @param reserved restarts at once that the node's agent may still make by itself
   * @param random in [0, 1), for the jitter
   */
  Rung next(RestartPolicy policy, long reserved, double random, Instant now) {
    int waits = backoffs(policy, now);
    int recent = made(policy, now);
    if (waits == 0 && recent + reserved < policy.intensity()) {
      return new Rung.AtOnce(recent + 1);
    }
    return waits < mostWaits(policy)
        ? new Rung.AfterWait(policy.backoff().delay(waits + 1, random), waits + 1)
        : new Rung.Spent();
  }

  /** Restarts at once that the window leaves room for. */
  int room(RestartPolicy policy, Instant now) {
    return backoffs(policy, now) > 0 ? 0 : Math.max(0, policy.intensity() - made(policy, now));
  }

  /** Restarts at once within the period, whoever has made them. */
  int made(RestartPolicy policy, Instant now) {
    return failures.count(policy.period(), now);
  }

  Ladder restartedAtOnce(RestartPolicy policy, Instant at) {
    return new Ladder(failures.plus(policy.period(), at), 0, at);
  }

  Ladder waits(RestartPolicy policy, Instant at, Instant until) {
    return new Ladder(failures, backoffs(policy, at) + 1, until);
  }

  static int mostWaits(RestartPolicy policy) {
    return Math.min(policy.intensity(), MOST_WAITS);
  }

  private int backoffs(RestartPolicy policy, Instant now) {
    return backoffs > 0 && since.plus(policy.backoff().reset()).isAfter(now) ? backoffs : 0;
  }
}
