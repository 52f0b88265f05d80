package io.holdfast.core.supervision;

import io.holdfast.core.NodeId;
import io.holdfast.core.placement.Candidate;
import io.holdfast.core.supervision.ServiceState.Active;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whether a service has instances on one node that another one had better have, as when a host has
 * come back after its instances were replaced elsewhere.
 */
final class Balance {

  private Balance() {}

  /** Balance is sought only while nothing else is the matter, here and in the whole cluster. */
  static boolean mayBeSought(Draft draft, Active active) {
    return !draft.surroundings().settled().isEmpty()
        && draft.surroundings().restartWait().isZero()
        && !active.specOf(active.version()).stopsFirst()
        && !active.isOrdered()
        && active.rollout().isEmpty()
        && active.outgoing().isEmpty()
        && active.incidents().open().isEmpty()
        && active.slots().values().stream().allMatch(Slot::isReady);
  }

  /** The last slot on the node with the most instances, where another node has more room. */
  static Optional<Slot> surplus(Draft draft, Active active) {
    Map<NodeId, Integer> counts = Nodes.counts(active);
    return counts.entrySet().stream()
        .filter(entry -> entry.getValue() > 1)
        .max(
            Map.Entry.<NodeId, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
        .map(Map.Entry::getKey)
        .filter(node -> !roomier(draft, active, node).isEmpty())
        .flatMap(node -> lastOn(active, node));
  }

  private static Optional<Slot> lastOn(Active active, NodeId node) {
    return active.slots().values().stream()
        .filter(slot -> slot.tenant().filter(one -> one.node().equals(node)).isPresent())
        .max(Comparator.comparingInt(Slot::index));
  }

  /** Nodes that have been there for a while and have at least two instances fewer. */
  static Set<NodeId> roomier(Draft draft, Active active, NodeId node) {
    Map<NodeId, Integer> counts = Nodes.counts(active);
    int most = counts.getOrDefault(node, 0) - 2;
    Set<NodeId> avoided = active.budgets().avoided(draft.now());
    return most < 0
        ? Set.of()
        : draft.surroundings().nodes().stream()
            .filter(other -> draft.surroundings().settled().contains(other.node()))
            .filter(other -> counts.getOrDefault(other.node(), 0) <= most)
            .filter(other -> !avoided.contains(other.node()))
            .filter(other -> other.refusal(active.spec().placement()).isEmpty())
            .map(Candidate::node)
            .collect(Collectors.toSet());
  }
}
