package io.holdfast.core.spec;

import java.time.Duration;

/**
 * How a new version replaces the old one: one slot at a time, the new instance ready before the old
 * one is stopped, or the old one stopped first where both cannot live side by side.
 *
 * @param healthyFor how long a new instance must stay ready before the next slot's turn
 * @param deadline how long one slot may take
 */
public record RolloutPolicy(Duration healthyFor, Duration deadline) {

  public static final RolloutPolicy DEFAULT =
      new RolloutPolicy(Duration.ofSeconds(5), Duration.ofMinutes(5));

  public RolloutPolicy {
    Check.notNegative("healthyFor", healthyFor);
    Check.positive("deadline", deadline);
  }
}
