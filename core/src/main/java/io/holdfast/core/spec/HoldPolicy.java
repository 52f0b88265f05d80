package io.holdfast.core.spec;

import java.time.Duration;

/** The last rung: a held slot is retried this slowly. */
public record HoldPolicy(Duration retry) {

  public static final HoldPolicy DEFAULT = new HoldPolicy(Duration.ofMinutes(5));

  public HoldPolicy {
    Check.positive("retry", retry);
  }
}
