package io.holdfast.core.spec;

import java.time.Duration;
import java.util.Optional;

/**
 * The probes of a service. Without a readiness probe an instance that has started is ready.
 *
 * @param startDeadline how long an instance may take to become ready for the first time
 */
public record Health(
    Optional<Probe> startup,
    Optional<Probe> readiness,
    Optional<Probe> liveness,
    Duration startDeadline) {

  public static final Duration DEFAULT_START_DEADLINE = Duration.ofSeconds(30);

  public static final Health NONE =
      new Health(Optional.empty(), Optional.empty(), Optional.empty(), DEFAULT_START_DEADLINE);

  public Health {
    Check.positive("deadline", startDeadline);
  }
}
