package io.holdfast.core.supervision;

import io.holdfast.core.NodeId;
import io.holdfast.core.placement.Candidate;
import io.holdfast.core.supervision.ServiceState.Active;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Nodes, as one service sees them. */
final class Nodes {

  private Nodes() {}

  /** Whether the instance of a slot has to go to another node. */
  static boolean isDraining(Draft draft, Slot slot) {
    return slot.tenant()
        .filter(tenant -> draft.surroundings().draining().contains(tenant.node()))
        .isPresent();
  }

  /** Whether its agent is connected, and is going to stay. */
  static boolean isHeard(Draft draft, NodeId node) {
    return draft.surroundings().nodes().stream()
        .filter(candidate -> candidate.node().equals(node))
        .anyMatch(candidate -> candidate.accepting() || candidate.draining());
  }

  /** Those that could take one more instance, as far as that can be told without asking them. */
  static List<NodeId> free(Draft draft, Active active) {
    Set<NodeId> full = full(active);
    return draft.surroundings().nodes().stream()
        .filter(candidate -> candidate.refusal(active.spec().placement()).isEmpty())
        .map(Candidate::node)
        .filter(node -> !full.contains(node))
        .toList();
  }

  /** With a fixed port there is room for one instance on each. */
  private static Set<NodeId> full(Active active) {
    return active.spec().process().hasFixedPort()
        ? active.tenants().map(Tenant::node).collect(Collectors.toSet())
        : Set.of();
  }

  /** Where the new instance of a slot, which comes up beside the old one, may not go. */
  static Set<NodeId> barred(Active active, int slot) {
    return active
        .relocation()
        .flatMap(
            relocation ->
                relocation
                    .surge()
                    .filter(turn -> turn.slot() == slot)
                    .map(_ -> barred(active, active.slot(slot), relocation.purpose())))
        .orElseGet(() -> full(active));
  }

  private static Set<NodeId> barred(Active active, Slot slot, Relocation.Purpose purpose) {
    if (slot.tenant().isEmpty()) {
      return full(active);
    }
    NodeId old = slot.tenant().get().node();
    return switch (purpose) {
      case DRAIN -> with(full(active), Set.of(old));
      case BALANCE -> with(full(active), crowded(counts(active), old));
    };
  }

  private static Set<NodeId> with(Set<NodeId> some, Set<NodeId> others) {
    return Stream.concat(some.stream(), others.stream()).collect(Collectors.toSet());
  }

  /** Where an instance of {@code old} would find no more room than it had there. */
  private static Set<NodeId> crowded(Map<NodeId, Integer> counts, NodeId old) {
    int least = counts.getOrDefault(old, 0) - 1;
    return counts.entrySet().stream()
        .filter(entry -> entry.getValue() >= least)
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /** Instances on each node, without those that are on their way out. */
  static Map<NodeId, Integer> counts(Active active) {
    Map<NodeId, Integer> counts = new HashMap<>();
    active.slots().values().stream()
        .flatMap(slot -> slot.tenant().stream())
        .forEach(tenant -> counts.merge(tenant.node(), 1, Integer::sum));
    return counts;
  }
}
