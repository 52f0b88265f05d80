package io.holdfast.supervisor.node;

import io.holdfast.core.NodeId;
import java.time.Instant;

/** What has happened to a node. Recorded; later releases can always read it. */
public sealed interface NodeEvent {

  Instant at();

  /** Its agent connected and says something new about the host. */
  record Joined(NodeId node, NodeProfile profile, Instant at) implements NodeEvent {}

  record ConditionChanged(NodeId node, NodeCondition condition, String why, Instant at)
      implements NodeEvent {}

  /** An operator wants it emptied. */
  record DrainOrdered(NodeId node, Instant at) implements NodeEvent {}

  /** Nothing is left on it. */
  record Drained(NodeId node, Instant at) implements NodeEvent {}

  /** An operator lets it take instances again. */
  record Undrained(NodeId node, Instant at) implements NodeEvent {}

  /** Its endpoints are used only in need from now on. */
  record Doubted(NodeId node, String why, Instant at) implements NodeEvent {}

  /** Its endpoints are as good as any, although its agent is not heard. */
  record Trusted(NodeId node, String why, Instant at) implements NodeEvent {}

  /** Somebody should look at it. */
  record AlarmRaised(NodeId node, String why, Instant at) implements NodeEvent {}
}
