package io.holdfast.core.balancing;

import io.holdfast.core.InstanceId;

/**
 * What a picker reads of one endpoint.
 *
 * <p>The figures may change between two reads; the identity and the rank may not.
 */
public interface Candidate {

  InstanceId instance();

  Rank rank();

  /** Relative share, from 1. */
  int weight();

  /** Whether it is in the zone of who asks; all are, where there are no zones. */
  default boolean isNear() {
    return true;
  }

  /** Requests now running on it, from 0. */
  int inFlight();

  /** Its latency estimate in nanoseconds at {@code nowNanos}; 0 when nothing is known. */
  double latency(long nowNanos);

  /** How much of its share it gets at {@code nowNanos} while it warms up, above 0; at most 1. */
  double warmth(long nowNanos);

  /** Whether it has as many requests as it may; then it is picked for none. */
  default boolean isFull() {
    return false;
  }

  /** Takes the one request by which it proves itself; false when that is taken, or not this one. */
  boolean claimTrial(boolean repeatable, long nowNanos);
}
