package io.holdfast.balancer.gateway;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;

/**
 * When a request without an answer is over: its time limit after the last of its body came, so that
 * a long upload is no slow answer.
 */
final class Deadline {

  private final Lane lane;
  private final Duration limit;
  private final Runnable onEnd;
  private long fromNanos;
  private Optional<Future<?>> timer = Optional.empty();

  Deadline(Lane lane, Duration limit, Runnable onEnd) {
    this.lane = lane;
    this.limit = limit;
    this.onEnd = onEnd;
  }

  void start() {
    restart();
    timer = Optional.of(lane.after(limit, this::check));
  }

  void restart() {
    fromNanos = System.nanoTime();
  }

  Duration left() {
    return Duration.ofNanos(Math.max(0, fromNanos + limit.toNanos() - System.nanoTime()));
  }

  void stop() {
    timer.ifPresent(running -> running.cancel(false));
  }

  private void check() {
    Duration left = left();
    if (left.isPositive()) {
      timer = Optional.of(lane.after(left, this::check));
    } else {
      onEnd.run();
    }
  }
}
