package io.holdfast.core.spec;

import java.time.Duration;

/**
 * How a new version replaces the old one: one slot at a time, the new instance ready before the old
 * one is stopped, or the old one stopped first where both cannot live side by side.
 *
 * @param canary so many instances are replaced first and then watched, for {@link #canaryWatch},
 *     before the others have their turn; 0 for none
 * @param healthyFor how long a new instance must stay ready before the next slot's turn
 * @param deadline how long one slot may take, and how long one that had its turn may be unready
 *     before the rollout counts as failed
 * @param autoRevert whether a new version that fails is taken back for the last one that worked
 */
public record RolloutPolicy(
    int canary, Duration healthyFor, Duration deadline, boolean autoRevert) {

  public static final RolloutPolicy DEFAULT =
      new RolloutPolicy(0, Duration.ofSeconds(5), Duration.ofMinutes(5), true);

  private static final int CANARY_WATCH = 6;

  public RolloutPolicy {
    Check.range("canary", canary, 0, ServiceSpec.MOST_INSTANCES);
    Check.notNegative("healthyFor", healthyFor);
    Check.positive("deadline", deadline);
  }

  /**
   * How long a new instance must stay ready where nobody says: whoever shortens the deadline alone
   * leaves time to become ready, too.
   */
  public static Duration usualHealthyFor(Duration deadline) {
    Duration half = deadline.dividedBy(2);
    return half.compareTo(DEFAULT.healthyFor()) < 0 ? half : DEFAULT.healthyFor();
  }

  /** How long the canaries take requests, and must not fail once, before the others follow. */
  public Duration canaryWatch() {
    return healthyFor.multipliedBy(CANARY_WATCH);
  }
}
