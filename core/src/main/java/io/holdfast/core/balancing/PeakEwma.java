package io.holdfast.core.balancing;

import java.time.Duration;

/**
 * A latency estimate that rises at once to a higher sample and sinks slowly to lower ones, with a
 * time constant of ten seconds.
 *
 * <p>One estimate is one {@code long}, so that a shell can keep it in an atomic field: the upper
 * half is the latency in nanoseconds as a float, the lower half the time of the sample in
 * milliseconds, which wraps after seven weeks.
 */
public final class PeakEwma {

  /** The estimate of an endpoint that has not answered yet. */
  public static final long UNKNOWN = 0;

  /** What a failure costs at least, so that one that fails fast does not attract requests. */
  public static final Duration FAILURE_COST = Duration.ofMillis(500);

  private static final double DECAY_MILLIS = 10_000;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private PeakEwma() {}

  /** The estimate after a request that took {@code tookNanos}, whether it failed or not. */
  public static long observe(long estimate, long tookNanos, boolean failed, long nowNanos) {
    double sample = failed ? Math.max(tookNanos, FAILURE_COST.toNanos()) : Math.max(1, tookNanos);
    double last = Float.intBitsToFloat((int) (estimate >>> 32));
    double weight = weight(estimate, nowNanos);
    double next = last < sample ? sample : last * weight + sample * (1 - weight);
    return packed((float) next, nowNanos);
  }

  /** The latency in nanoseconds at {@code nowNanos}; 0 when nothing is known. */
  public static double latency(long estimate, long nowNanos) {
    return Float.intBitsToFloat((int) (estimate >>> 32)) * weight(estimate, nowNanos);
  }

  private static double weight(long estimate, long nowNanos) {
    int elapsed = (int) (nowNanos / NANOS_PER_MILLI) - (int) estimate;
    return elapsed <= 0 ? 1 : Math.exp(-elapsed / DECAY_MILLIS);
  }

  private static long packed(float latency, long nowNanos) {
    long stamp = Integer.toUnsignedLong((int) (nowNanos / NANOS_PER_MILLI));
    return ((long) Float.floatToIntBits(latency) << 32) | stamp;
  }
}
