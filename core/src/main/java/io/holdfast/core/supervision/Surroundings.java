package io.holdfast.core.supervision;

import io.holdfast.core.NodeId;
import io.holdfast.core.ServiceName;
import io.holdfast.core.placement.Candidate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a decision may depend on besides the state and the input.
 *
 * @param random in [0, 1)
 * @param unmet dependencies that are not as far as the specification wants; all of them until known
 * @param renewals how often those that are met have replaced instances
 * @param nodes as placement sees them
 * @param autonomous nodes whose agents may be handed a budget
 * @param draining nodes that are to become empty
 * @param settled nodes that have come, for long enough to move instances there and not long ago
 * @param restartWait how long a restart must wait for its share of what the cluster may do; zero as
 *     a rule
 */
public record Surroundings(
    Instant now,
    double random,
    Set<ServiceName> unmet,
    Map<ServiceName, Renewals> renewals,
    List<Candidate> nodes,
    Set<NodeId> autonomous,
    Set<NodeId> draining,
    Set<NodeId> settled,
    Duration restartWait) {

  public Surroundings {
    unmet = Set.copyOf(unmet);
    renewals = Map.copyOf(renewals);
    nodes = List.copyOf(nodes);
    autonomous = Set.copyOf(autonomous);
    draining = Set.copyOf(draining);
    settled = Set.copyOf(settled);
  }

  boolean dependenciesMet() {
    return unmet.isEmpty();
  }
}
