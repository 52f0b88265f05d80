package io.holdfast.core.spec;

import java.time.Duration;

/**
 * How failures are answered in place.
 *
 * @param strategy which of the service's slots are restarted with a failed one
 * @param intensity restarts within {@code period}, of this service on one node, before waits begin
 *     to grow; 0 to 1,000,000
 */
public record RestartPolicy(
    RestartType type, Strategy strategy, int intensity, Duration period, BackoffPolicy backoff) {

  public static final RestartPolicy DEFAULT =
      new RestartPolicy(
          RestartType.PERMANENT,
          Strategy.ONE_FOR_ONE,
          5,
          Duration.ofSeconds(60),
          BackoffPolicy.DEFAULT);

  public RestartPolicy {
    Check.range("intensity", intensity, 0, 1_000_000);
    Check.positive("period", period);
  }
}
