package io.holdfast.core.balancing;

import io.holdfast.core.InstanceId;

/**
 * What the requests of one balancer have seen of one endpoint since its standing last changed.
 *
 * @param responds the last try brought a response, good or bad, so that the way there is open
 * @param refused connections refused in a row
 * @param recent over a second or two
 * @param lasting over ten to twenty seconds
 * @param capacity requests at a time that it is known to bear
 * @param trial what became of the one request that it was tried with
 */
public record Conduct(
    InstanceId instance,
    boolean responds,
    int refused,
    Totals recent,
    Totals lasting,
    int capacity,
    TrialResult trial) {

  /** What became of the one request that decides about a return. */
  public enum TrialResult {
    /** It was not sent, or runs still. */
    OPEN,
    WON,
    LOST
  }
}
