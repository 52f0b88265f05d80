package io.holdfast.core.spec;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How badly the requests to an instance may end, as balancers report it, until something is done.
 *
 * @param errorRate the share of requests that may fail, above 0; no rate surely exceeds 1. By plain
 *     TCP it is of connections
 * @param p99 the time within which 99 of 100 requests are to be answered, up to 1m and the timeout
 *     of the service; not by plain TCP, where nobody knows of requests
 * @param window over which outcomes are counted, 5s to 10m
 * @param minRequests that must have been counted, 10 to 1,000,000
 */
public record Thresholds(
    OptionalDouble errorRate,
    Optional<Duration> p99,
    Duration window,
    int minRequests,
    Response then) {

  /** What is done about an instance that exceeds them. */
  public enum Response {
    /** It gets no requests for a while, unless too little is left without it. */
    ISOLATE,
    /** It is ended and restarted, as after a failure. */
    RESTART
  }

  public static final Duration USUAL_WINDOW = Duration.ofSeconds(10);
  public static final int USUAL_REQUESTS = 50;

  private static final Duration SHORTEST_WINDOW = Duration.ofSeconds(5);
  private static final Duration LONGEST_WINDOW = Duration.ofMinutes(10);
  private static final Duration SLOWEST = Duration.ofMinutes(1);

  public Thresholds {
    errorRate.ifPresent(Thresholds::checkRate);
    p99.ifPresent(Thresholds::checkTime);
    if (errorRate.isEmpty() && p99.isEmpty()) {
      throw new InvalidSpec("errorRate", "expected errorRate, p99 or both");
    }
    if (window.compareTo(SHORTEST_WINDOW) < 0 || window.compareTo(LONGEST_WINDOW) > 0) {
      throw new InvalidSpec("window", "expected a duration from 5s to 10m");
    }
    Check.range("minRequests", minRequests, 10, 1_000_000);
  }

  private static void checkRate(double rate) {
    if (!(rate > 0 && rate <= 1)) {
      throw new InvalidSpec("errorRate", "expected a number above 0 and at most 1, got " + rate);
    }
  }

  private static void checkTime(Duration time) {
    if (time.compareTo(Duration.ofMillis(1)) < 0 || time.compareTo(SLOWEST) > 0) {
      throw new InvalidSpec("p99", "expected a duration from 1ms to 1m");
    }
  }
}
