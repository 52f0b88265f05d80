package io.holdfast.core.balancing;

import java.time.Duration;

/**
 * How many requests at a time may wait for one endpoint's answers, once they come so late that more
 * would be answered too late.
 *
 * <p>An endpoint that is given more than it can do answers each request after those before it, in
 * the end all of them after their time: it works as hard as it can and nobody gets anything. So
 * while its answers take long, only as many may wait as it answers, at the rate seen of late,
 * within most of the time that requests have (Little's law). A limit learned from a calm hour would
 * refuse a burst that it could have borne: while answers come soon there is none.
 *
 * <p>Once they come soon again the limit grows step by step, and is lifted when it no longer keeps
 * anybody out: all who were refused come back at once.
 *
 * @param most requests without an answer at a time, or {@link #NONE}
 * @param perSecond answers of late, with a time constant of two seconds
 * @param answered all answers when it was last looked
 */
public record ConcurrencyLimit(int most, double perSecond, long answered, long atNanos) {

  /** As many as come. */
  public static final int NONE = Integer.MAX_VALUE;

  /** Of the time that requests have. */
  private static final double USABLE = 0.8;

  private static final double LATE = 0.5;
  private static final double SOON = 0.25;
  private static final double GROWTH = 1.25;

  /** Fewer are no measure, and never too many. */
  private static final int LEAST = 4;

  private static final double MIDDLE = 0.5;
  private static final double MEMORY_NANOS = Duration.ofSeconds(2).toNanos();
  private static final double NANOS_PER_SECOND = Duration.ofSeconds(1).toNanos();
  private static final long SHORTEST_LOOK_NANOS = Duration.ofMillis(100).toNanos();

  /** Of an endpoint that has answered so many up to now. */
  public static ConcurrencyLimit from(long answered, long nowNanos) {
    return new ConcurrencyLimit(NONE, 0, answered, nowNanos);
  }

  /**
   * After another look at it.
   *
   * @param total answers in all
   * @param waiting requests that wait for one now
   * @param recent how long those of the last one or two seconds took
   * @param timeout that requests have
   */
  public ConcurrencyLimit at(
      long total, int waiting, Latencies recent, Duration timeout, long nowNanos) {
    long elapsed = nowNanos - atNanos;
    if (elapsed < SHORTEST_LOOK_NANOS) {
      return this;
    }
    double rate = (total - answered) * NANOS_PER_SECOND / elapsed;
    double kept = Math.exp(-elapsed / MEMORY_NANOS);
    double mixed = perSecond * kept + rate * (1 - kept);
    int inTime = (int) Math.max(LEAST, USABLE * mixed * timeout.toNanos() / NANOS_PER_SECOND);
    return new ConcurrencyLimit(next(inTime, waiting, recent, timeout), mixed, total, nowNanos);
  }

  private int next(int inTime, int waiting, Latencies recent, Duration timeout) {
    double share = recent.within(MIDDLE) / timeout.toNanos();
    if (most == NONE) {
      return recent.total() >= LEAST && share >= LATE ? inTime : NONE;
    }
    if (recent.total() == 0) {
      // Either nobody asks, or those who do get nothing at all.
      return waiting == 0 ? NONE : inTime;
    }
    if (share >= SOON) {
      return inTime;
    }
    return waiting <= most / 2 ? NONE : Math.max(inTime, (int) Math.ceil(most * GROWTH));
  }
}
