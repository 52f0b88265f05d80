package io.holdfast.supervisor.node;

/** What is recorded of a node. */
public sealed interface NodeState {

  /** No agent has ever connected under this id. */
  record Unseen() implements NodeState {}

  record Seen(NodeProfile profile, NodeCondition condition) implements NodeState {}

  default NodeState after(NodeEvent event) {
    return switch (event) {
      case NodeEvent.Joined joined -> new Seen(joined.profile(), condition());
      case NodeEvent.ConditionChanged changed ->
          this instanceof Seen(var profile, _) ? new Seen(profile, changed.condition()) : this;
      // For people: what they say is found out anew after a restart.
      case NodeEvent.Doubted _, NodeEvent.Trusted _, NodeEvent.AlarmRaised _ -> this;
    };
  }

  /** A node that nobody has heard of since this supervisor started counts as suspect. */
  private NodeCondition condition() {
    return this instanceof Seen(_, var condition) ? condition : NodeCondition.SUSPECT;
  }
}
