package io.holdfast.supervisor.node;

import io.holdfast.core.NodeId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Which events record what has become known of a node: none for what was known before. */
final class NodeFacts {

  private NodeFacts() {}

  static List<NodeEvent> joined(NodeId id, NodeState state, NodeProfile profile, Instant now) {
    List<NodeEvent> events = new ArrayList<>();
    boolean known = state instanceof NodeState.Seen(var before, _) && before.equals(profile);
    if (!known) {
      events.add(new NodeEvent.Joined(id, profile, now));
    }
    boolean ready =
        state instanceof NodeState.Seen(_, var condition) && condition == NodeCondition.READY;
    if (!ready) {
      events.add(
          new NodeEvent.ConditionChanged(id, NodeCondition.READY, "its agent connected", now));
    }
    return events;
  }

  static List<NodeEvent> condition(
      NodeId id, NodeState state, NodeCondition condition, String why, Instant now) {
    return state instanceof NodeState.Seen(_, var before) && before != condition
        ? List.of(new NodeEvent.ConditionChanged(id, condition, why, now))
        : List.of();
  }
}
