package io.holdfast.core.spec;

import java.time.Duration;

/**
 * How failures are answered in place.
 *
 * @param intensity restarts within {@code period}, of this service on one node, before waits begin
 *     to grow; 0 to 1,000,000
 */
public record RestartPolicy(
    RestartType type, int intensity, Duration period, BackoffPolicy backoff) {

  public static final RestartPolicy DEFAULT =
      new RestartPolicy(RestartType.PERMANENT, 5, Duration.ofSeconds(60), BackoffPolicy.DEFAULT);

  public RestartPolicy {
    Check.range("intensity", intensity, 0, 1_000_000);
    Check.positive("period", period);
  }
}
