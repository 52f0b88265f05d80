package io.holdfast.supervisor.service;

import io.holdfast.core.supervision.RestartTokens;
import java.time.Duration;
import java.time.InstantSource;

/**
 * What all services of this supervisor node together may restart at a time, so that a failure of
 * many does not become a storm. Restarts that agents make by themselves are taken from it as well.
 */
public final class RestartPace {

  private final InstantSource clock;
  private RestartTokens tokens;

  public RestartPace(InstantSource clock) {
    this.clock = clock;
    this.tokens = RestartTokens.full(clock.instant());
  }

  /** How long a restart must wait now; zero as a rule. */
  synchronized Duration delay() {
    return tokens.delay(clock.instant());
  }

  synchronized void spend() {
    tokens = tokens.spent(clock.instant());
  }
}
