package io.holdfast.core.supervision;

import io.holdfast.core.NodeId;
import java.time.Instant;

/** What fills a slot. */
public sealed interface Occupancy {

  /** Nothing; to be placed as soon as that is possible. */
  record Vacant() implements Occupancy {}

  /**
   * Nothing, as far as anybody can see: its host was condemned. To be placed anew like a vacant
   * one; should the instance be seen again before that is done, it goes on.
   */
  record Missing(Tenant tenant) implements Occupancy {}

  /** A launched instance. */
  record Occupied(Tenant tenant) implements Occupancy {}

  /** Nothing until a moment that a wait named; then a launch on the same node. */
  record BackingOff(NodeId node, Instant until) implements Occupancy {}

  /** Nothing while an instance that nobody can reach may still run; vacant at a moment. */
  record Fenced(Instant until) implements Occupancy {}

  /** Nothing while the group decides; held at a moment if it does not. */
  record Escalated(Instant until) implements Occupancy {}

  /** Given up for now; retried at a moment. */
  record Held(Instant until) implements Occupancy {}

  /** Nothing, and nothing more is wanted: the restart type says that this end is final. */
  record Ended() implements Occupancy {}
}
