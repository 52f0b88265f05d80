package io.holdfast.core.balancing;

import java.time.Duration;

/**
 * How an endpoint that has just become ready, or has come back, gets its share: a tenth at once and
 * the rest evenly over the window.
 *
 * <p>Measured by the warmest of its siblings, so that a fleet that is new as a whole takes all of
 * the load from the beginning: there is nobody else to bear it.
 *
 * @param sinceNanos from when on it is warming up
 * @param warmestNanos from when on the warmest has been
 */
public record WarmUp(Duration window, long sinceNanos, long warmestNanos) {

  private static final double FIRST_SHARE = 0.1;

  /** Of its full share, above 0 and at most 1. */
  public double at(long nowNanos) {
    long age = nowNanos - sinceNanos;
    return age >= window.toNanos() ? 1 : ramp(age) / ramp(nowNanos - warmestNanos);
  }

  private double ramp(long age) {
    double passed = Math.clamp((double) age / window.toNanos(), 0.0, 1.0);
    return FIRST_SHARE + (1 - FIRST_SHARE) * passed;
  }
}
