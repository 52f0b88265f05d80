package io.holdfast.core.detection;

import io.holdfast.core.InstanceId;
import io.holdfast.core.balancing.Latencies;
import io.holdfast.core.balancing.Tally;
import java.time.Duration;

/**
 * What one balancer has seen of one instance for a short while.
 *
 * @param tally of the tries that ended; one that was given up because the client left is none
 * @param latencies of those that were answered, or waited for too long
 * @param ejections how many times in a row it has taken the instance out by now; 0 while it is in
 * @param ejected how much of that while the instance was out
 */
public record Seen(
    InstanceId instance, Tally tally, Latencies latencies, int ejections, Duration ejected) {

  /** This and what was seen right after it. */
  public Seen plus(Seen later) {
    return new Seen(
        instance,
        tally.plus(later.tally),
        latencies.plus(later.latencies),
        later.ejections,
        ejected.plus(later.ejected));
  }
}
