package io.holdfast.core.balancing;

import java.time.Duration;

/**
 * What happened of late: between one and two periods, for the memory of two readings.
 *
 * @param before the reading that the window begins with
 * @param between the one that it will begin with next
 * @param turnedNanos when {@code between} was read
 */
public record RollingTotals(Duration period, Totals before, Totals between, long turnedNanos) {

  public static RollingTotals from(Duration period, Totals now, long nowNanos) {
    return new RollingTotals(period, now, now, nowNanos);
  }

  /** Moves the beginning of the window when it is time to. */
  public RollingTotals at(Totals now, long nowNanos) {
    long passed = nowNanos - turnedNanos;
    if (passed < period.toNanos()) {
      return this;
    }
    // After a pause of the reader itself, nothing is known of when what happened did.
    return passed < 2 * period.toNanos()
        ? new RollingTotals(period, between, now, nowNanos)
        : from(period, now, nowNanos);
  }

  public Totals since(Totals now) {
    return now.minus(before);
  }
}
