package io.holdfast.core.balancing;

import java.time.Duration;
import java.util.Arrays;

/**
 * A latency estimate that rises at once to a higher sample and sinks slowly to lower ones, with a
 * time constant of two seconds. The ten seconds that are usual elsewhere keep an endpoint that has
 * failed once from all requests for half a minute, while one that was taken out is tried again
 * after five seconds.
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

  private static final double DECAY_MILLIS = 2_000;
  private static final long NANOS_PER_MILLI = 1_000_000;

  /**
   * A pick reads two estimates, and an exponential costs more than all the rest of it: so it is the
   * product of two that are looked up. It sinks for half a minute: what is left then is nothing
   * beside any sample, and never so little that the endpoint would seem unknown.
   */
  private static final int FINE_BITS = 8;

  private static final double[] FINE = decays(1 << FINE_BITS, 1);
  private static final double[] COARSE = decays(128, 1 << FINE_BITS);
  private static final int LONGEST_MILLIS = (COARSE.length << FINE_BITS) - 1;

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

  /**
   * The latency when requests wait for their answers and none has come since {@code quietNanos}: an
   * endpoint that hangs is slow from then on, not from when the first of them is given up.
   */
  public static double latency(long estimate, long quietNanos, long nowNanos) {
    double known = latency(estimate, nowNanos);
    return known == 0 ? 0 : Math.max(known, (double) (nowNanos - quietNanos));
  }

  private static double weight(long estimate, long nowNanos) {
    int elapsed = (int) (nowNanos / NANOS_PER_MILLI) - (int) estimate;
    if (elapsed <= 0) {
      return 1;
    }
    int aged = Math.min(elapsed, LONGEST_MILLIS);
    return COARSE[aged >>> FINE_BITS] * FINE[aged & (FINE.length - 1)];
  }

  private static double[] decays(int count, int stepMillis) {
    double[] decays = new double[count];
    Arrays.setAll(decays, i -> Math.exp(-i * stepMillis / DECAY_MILLIS));
    return decays;
  }

  private static long packed(float latency, long nowNanos) {
    long stamp = Integer.toUnsignedLong((int) (nowNanos / NANOS_PER_MILLI));
    return ((long) Float.floatToIntBits(latency) << 32) | stamp;
  }
}
