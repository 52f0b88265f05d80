package io.holdfast.supervisor.node;

import io.holdfast.core.placement.Drain;
import java.util.Optional;

/** What is recorded of a node. */
public sealed interface NodeState {

  /** No agent has ever connected under this id. */
  record Unseen() implements NodeState {}

  /**
   * A node that has joined.
   *
   * @param drain an operator's order to empty it, while that is in force
   */
  record Seen(NodeProfile profile, NodeCondition condition, Optional<Drain> drain)
      implements NodeState {}

  default NodeState after(NodeEvent event) {
    return switch (event) {
      case NodeEvent.Joined joined -> new Seen(joined.profile(), condition(), drain());
      case NodeEvent.ConditionChanged changed ->
          this instanceof Seen(var profile, _, var drain)
              ? new Seen(profile, changed.condition(), drain)
              : this;
      case NodeEvent.DrainOrdered ordered -> with(Optional.of(Drain.ordered(ordered.at())));
      case NodeEvent.Drained _ -> with(drain().map(Drain::finished));
      case NodeEvent.Undrained _ -> with(Optional.empty());
      // For people: what they say is found out anew after a restart.
      case NodeEvent.Doubted _, NodeEvent.Trusted _, NodeEvent.AlarmRaised _ -> this;
    };
  }

  default Optional<NodeProfile> lastProfile() {
    return this instanceof Seen(var profile, _, _) ? Optional.of(profile) : Optional.empty();
  }

  default Optional<Drain> drain() {
    return this instanceof Seen(_, _, var drain) ? drain : Optional.empty();
  }

  default boolean is(NodeCondition one) {
    return this instanceof Seen(_, var condition, _) && condition == one;
  }

  private NodeState with(Optional<Drain> drain) {
    return this instanceof Seen(var profile, var condition, _)
        ? new Seen(profile, condition, drain)
        : this;
  }

  /** A node that nobody has heard of since this supervisor started counts as suspect. */
  private NodeCondition condition() {
    return this instanceof Seen(_, var condition, _) ? condition : NodeCondition.SUSPECT;
  }
}
