package io.holdfast.core.supervision;

import io.holdfast.core.InstanceId;
import io.holdfast.core.NodeId;
import io.holdfast.core.instance.ExitCause;
import io.holdfast.core.instance.Report;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What the agents in a {@link RandomLife} may do by themselves, as far as they have heard. */
final class RandomAgents {

  private final Map<NodeId, OwnBudget> budgets = new HashMap<>();
  private final Map<NodeId, Budget> latest = new HashMap<>();

  void told(NodeId node, Budget word, boolean heard, Instant now) {
    latest.put(node, word);
    if (heard) {
      hear(node, word, now);
    }
  }

  /** Whoever has ended what is condemned was told to, and of its budget before that. */
  void haveHeard(ServiceState state, ServiceInput input, Instant now) {
    if (input instanceof ServiceInput.Reported(_, _, _, Report.Dead dead)
        && dead.exit().cause() == ExitCause.REQUESTED) {
      Optional.ofNullable(state.living().get(dead.instance()))
          .filter(tenant -> tenant.regard() instanceof Regard.Condemned(_, boolean told, _) && told)
          .map(Tenant::node)
          .ifPresent(
              node ->
                  Optional.ofNullable(latest.get(node)).ifPresent(word -> hear(node, word, now)));
    }
  }

  /** The launch that an agent makes in place of what has ended, if it may. */
  Optional<InstanceId> restart(Tenant tenant, Instant now) {
    Optional<OwnBudget.Use> use =
        Optional.ofNullable(budgets.get(tenant.node())).flatMap(own -> own.use(tenant.id(), now));
    use.ifPresent(used -> budgets.put(tenant.node(), used.rest()));
    return use.map(OwnBudget.Use::successor);
  }

  private void hear(NodeId node, Budget word, Instant now) {
    budgets.merge(node, OwnBudget.of(word, now), (own, _) -> own.renewed(word, now));
  }
}
