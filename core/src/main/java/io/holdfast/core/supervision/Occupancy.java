package io.holdfast.core.supervision;

import io.holdfast.core.NodeId;
import java.time.Instant;

/** What fills a slot. */
public sealed interface Occupancy {

  /** Nothing; to be placed as soon as that is possible. */
  record Vacant() implements Occupancy {}

  /** A launched instance. */
  record Occupied(Tenant tenant) implements Occupancy {}

  /** Nothing until a moment that the backoff named; then a launch on the same node. */
  record BackingOff(NodeId node, Instant until) implements Occupancy {}

  /** Given up for now; retried at a moment. */
  record Held(Instant until) implements Occupancy {}

  /** Nothing, and nothing more is wanted: the restart type says that this end is final. */
  record Ended() implements Occupancy {}
}
