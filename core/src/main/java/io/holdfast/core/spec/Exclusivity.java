package io.holdfast.core.spec;

import java.time.Duration;

/**
 * Whether a slot may ever run twice at once.
 *
 * @param required true when it may not: an instance stops before its successor starts, ends by
 *     itself when its agent has lost the supervisor for the lease, and is replaced only after that
 * @param lease how long an instance may run without an acknowledged heartbeat of its agent, 2s to
 *     1h; means nothing unless required
 */
public record Exclusivity(boolean required, Duration lease) {

  // Stand first: the default is checked against them.
  private static final Duration SHORTEST = Duration.ofSeconds(2);

  /** Of all leases that may be asked for. */
  public static final Duration LONGEST = Duration.ofHours(1);

  public static final Exclusivity NONE = new Exclusivity(false, Duration.ofSeconds(30));

  public Exclusivity {
    if (lease.compareTo(SHORTEST) < 0 || lease.compareTo(LONGEST) > 0) {
      throw new InvalidSpec("lease", "expected a duration from 2s to 1h");
    }
  }
}
