package io.holdfast.core.spec;

import java.time.Duration;

/**
 * When restarts in place do not help: moves to another node.
 *
 * @param limit moves within {@code period} before the group is told, 0 to 1,000
 * @param remember how long a node on which the service failed is avoided
 */
public record ReplacePolicy(int limit, Duration period, Duration remember) {

  public static final ReplacePolicy DEFAULT =
      new ReplacePolicy(3, Duration.ofMinutes(10), Duration.ofMinutes(10));

  public ReplacePolicy {
    Check.range("limit", limit, 0, 1_000);
    Check.positive("period", period);
    Check.positive("remember", remember);
  }
}
