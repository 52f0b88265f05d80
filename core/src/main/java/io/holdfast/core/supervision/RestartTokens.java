package io.holdfast.core.supervision;

import java.time.Duration;
import java.time.Instant;

/**
 * A token bucket for restarts of the whole cluster. It may go into debt, and whoever comes then
 * waits for its own token, so that a storm is spread out instead of coming back as one.
 *
 * @param level tokens at {@code asOf}; negative while in debt
 */
public record RestartTokens(double level, Instant asOf) {

  /** Restarts that may come all at once: more services than most machines carry. */
  static final double BURST = 200;

  /** Restarts per second after that: few enough for a supervisor and its hosts to keep up with. */
  static final double PER_SECOND = 50;

  public static RestartTokens full(Instant now) {
    return new RestartTokens(BURST, now);
  }

  /** How long the next restart must wait; zero while there is a token. */
  public Duration delay(Instant now) {
    double level = at(now);
    return level >= 1
        ? Duration.ZERO
        : Duration.ofMillis((long) Math.ceil((1 - level) * 1_000 / PER_SECOND));
  }

  /** One restart taken. */
  public RestartTokens spent(Instant now) {
    Instant latest = now.isBefore(asOf) ? asOf : now;
    return new RestartTokens(at(latest) - 1, latest);
  }

  private double at(Instant now) {
    double gained = Math.max(0, Duration.between(asOf, now).toMillis()) * PER_SECOND / 1_000;
    return Math.min(BURST, level + gained);
  }
}
