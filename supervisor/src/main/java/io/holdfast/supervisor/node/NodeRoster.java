package io.holdfast.supervisor.node;

import io.holdfast.core.NodeId;
import io.holdfast.core.placement.Candidate;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The nodes as the directory last knew them, to be looked at without asking. */
public final class NodeRoster {

  private record Shown(List<Candidate> candidates, Set<NodeId> autonomous) {}

  private volatile Shown shown = new Shown(List.of(), Set.of());

  public List<Candidate> candidates() {
    return shown.candidates();
  }

  /** Those whose agents may be handed budgets. */
  public Set<NodeId> autonomous() {
    return shown.autonomous();
  }

  void show(List<NodeDirectory.Entry> entries) {
    shown =
        new Shown(
            entries.stream().map(NodeDirectory.Entry::candidate).toList(),
            entries.stream()
                .filter(entry -> entry.profile().takesBudgets())
                .map(NodeDirectory.Entry::id)
                .collect(Collectors.toUnmodifiableSet()));
  }
}
