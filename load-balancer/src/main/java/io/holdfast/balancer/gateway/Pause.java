package io.holdfast.balancer.gateway;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;

/**
 * The waits of one request for an instance; all of them together at most {@link #LONGEST} or the
 * request's own time, from the first one's beginning.
 */
final class Pause {

  static final Duration LONGEST = Duration.ofSeconds(5);

  enum Begun {
    WAITING,
    /** It has waited as long as it may. */
    TOO_LATE,
    /** Too many others wait. */
    ROOM_FULL
  }

  private final Lane lane;
  private final Exchange exchange;
  private final Duration longest;
  private Optional<Long> untilNanos = Optional.empty();
  private Optional<Future<?>> timer = Optional.empty();

  Pause(Lane lane, Exchange exchange, Duration timeout) {
    this.lane = lane;
    this.exchange = exchange;
    this.longest = timeout.compareTo(LONGEST) < 0 ? timeout : LONGEST;
  }

  Begun begin(Duration atMost) {
    long now = System.nanoTime();
    long until = untilNanos.orElse(now + longest.toNanos());
    untilNanos = Optional.of(until);
    if (until - now <= 0) {
      return Begun.TOO_LATE;
    }
    if (!lane.wait(exchange)) {
      return Begun.ROOM_FULL;
    }
    Duration wait = Duration.ofNanos(Math.min(atMost.toNanos(), until - now));
    timer = Optional.of(lane.after(wait, this::elapsed));
    return Begun.WAITING;
  }

  boolean isOn() {
    return timer.isPresent();
  }

  boolean hasTimeLeft() {
    return untilNanos.filter(until -> until - System.nanoTime() > 0).isPresent();
  }

  void end() {
    timer.ifPresent(running -> running.cancel(false));
    timer = Optional.empty();
    lane.waitNoLonger(exchange);
  }

  private void elapsed() {
    end();
    exchange.pauseOver();
  }
}
