package io.holdfast.supervisor.node;

import io.holdfast.core.NodeId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Which events record what has become known of a node: none for what was known before. */
final class NodeFacts {

  private NodeFacts() {}

  static List<NodeEvent> of(NodeId id, NodeState state, NodeNews news, Instant now) {
    List<NodeEvent> events = new ArrayList<>();
    news.profile()
        .filter(
            profile -> !(state instanceof NodeState.Seen(var before, _) && before.equals(profile)))
        .ifPresent(profile -> events.add(new NodeEvent.Joined(id, profile, now)));
    NodeState joined = events.stream().reduce(state, NodeState::after, (_, later) -> later);
    if (joined instanceof NodeState.Seen(_, var before) && before != news.condition()) {
      events.add(new NodeEvent.ConditionChanged(id, news.condition(), news.why(), now));
    }
    return events;
  }
}
