package io.holdfast.supervisor.node;

import io.holdfast.core.NodeId;
import io.holdfast.core.placement.Candidate;
import java.util.Optional;

/** Whether a node takes instances at all, and an agent the node. */
final class Admission {

  private Admission() {}

  /**
   * Why an agent may not have a node that another one had last: what that has launched may run yet,
   * and would run twice. Empty when it may.
   *
   * @param last what the agent said that had it last
   * @param freed the node is condemned, or nothing is there
   */
  static Optional<String> refusal(
      NodeId id, Optional<NodeProfile> last, NodeProfile newcomer, boolean freed) {
    return last.filter(profile -> !freed && newcomer.isOther(profile))
        .map(
            _ ->
                ("node '%s' is still that of an agent with another data directory, and what that"
                     + " has launched may run yet: give this host an id of its own by --node, or"
                     + " start its agent on the --data of before; the id is free once `holdfast get"
                     + " nodes` shows the node lost, or nothing is placed on it")
                    .formatted(id));
  }

  /**
   * Why it takes none, as something that is said of it; empty when it does.
   *
   * @param present its agent is connected and not about to end
   */
  static Optional<String> refusal(NodeCondition condition, boolean draining, boolean present) {
    return switch (condition) {
      case LOST -> Optional.of("is lost");
      case SUSPECT -> Optional.of("is suspect, as its agent is not heard");
      case READY ->
          draining
              ? Optional.of(Candidate.IS_DRAINING)
              : present ? Optional.empty() : Optional.of("is about to leave");
    };
  }
}
