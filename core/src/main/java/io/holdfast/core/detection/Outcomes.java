package io.holdfast.core.detection;

import java.time.Duration;
import java.util.List;

/**
 * How requests through one balancer have ended since it said so last.
 *
 * @param observer the balancer, the same as long as it lives
 * @param over the time that this covers
 */
public record Outcomes(String observer, Duration over, List<Seen> seen) {

  public Outcomes {
    seen = List.copyOf(seen);
  }
}
