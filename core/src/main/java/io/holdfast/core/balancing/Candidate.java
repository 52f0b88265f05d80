package io.holdfast.core.balancing;

import io.holdfast.core.InstanceId;
import io.holdfast.core.routing.EndpointState;

/**
 * What a picker reads of one endpoint.
 *
 * <p>The figures may change between two reads; the identity and the state may not.
 */
public interface Candidate {

  InstanceId instance();

  EndpointState state();

  /** Relative share, from 1. */
  int weight();

  /** Requests now running on it, from 0. */
  int inFlight();

  /** Its latency estimate in nanoseconds at {@code nowNanos}; 0 when nothing is known. */
  double latency(long nowNanos);
}
