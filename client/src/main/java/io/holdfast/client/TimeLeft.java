package io.holdfast.client;

import io.holdfast.client.view.CarriedTime;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Optional;

/**
 * How long one request may still take: by its service's limit after the last of its body went out,
 * so that a long upload is no slow answer; by its own limit in all.
 */
final class TimeLeft {

  /** All waits for an instance together. */
  static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final Duration limit;
  private final Optional<Long> endNanos;
  private volatile long fromNanos;
  private Optional<Long> pausedUntilNanos = Optional.empty();

  private TimeLeft(Duration limit, Optional<Long> endNanos, long nowNanos) {
    this.limit = limit;
    this.endNanos = endNanos;
    this.fromNanos = nowNanos;
  }

  /**
   * @param whole the limit of the service
   */
  static TimeLeft of(HttpRequest request, Duration whole, long nowNanos) {
    String given = request.headers().firstValue(CarriedTime.HEADER).orElse("");
    return new TimeLeft(
        CarriedTime.of(given, whole),
        request.timeout().map(own -> nowNanos + own.toNanos()),
        nowNanos);
  }

  /** More of the body has gone out. */
  void bodyGoesOn(long nowNanos) {
    fromNanos = nowNanos;
  }

  Duration left(long nowNanos) {
    long byService = fromNanos + limit.toNanos() - nowNanos;
    return Duration.ofNanos(
        endNanos.map(end -> Math.min(byService, end - nowNanos)).orElse(byService));
  }

  /** How long it may wait for an instance now; empty when it has done so for long enough. */
  Optional<Duration> pause(Duration atMost, long nowNanos) {
    long longest = Math.min(limit.toNanos(), LONGEST_PAUSE.toNanos());
    long until = pausedUntilNanos.orElse(nowNanos + longest);
    pausedUntilNanos = Optional.of(until);
    return until - nowNanos > 0
        ? Optional.of(Duration.ofNanos(Math.min(atMost.toNanos(), until - nowNanos)))
        : Optional.empty();
  }
}
