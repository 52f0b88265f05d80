package io.holdfast.supervisor.node;

import io.holdfast.core.NodeId;
import io.holdfast.core.placement.Candidate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The nodes as the directory last knew them, to be looked at without asking. Nodes change more
 * often than anybody looks at thousands of them, so a list is made when it is wanted.
 */
public final class NodeRoster {

  private final SortedMap<NodeId, Candidate> candidates = new TreeMap<>();
  private Optional<List<Candidate>> shown = Optional.of(List.of());
  private volatile Set<NodeId> autonomous = Set.of();

  public synchronized List<Candidate> candidates() {
    List<Candidate> all = shown.orElseGet(() -> List.copyOf(candidates.values()));
    shown = Optional.of(all);
    return all;
  }

  /** Those whose agents may be handed budgets. */
  public Set<NodeId> autonomous() {
    return autonomous;
  }

  synchronized void show(NodeDirectory.Entry entry) {
    candidates.put(entry.id(), entry.candidate());
    shown = Optional.empty();
    if (autonomous.contains(entry.id()) != entry.profile().takesBudgets()) {
      Set<NodeId> next = new HashSet<>(autonomous);
      if (!next.remove(entry.id())) {
        next.add(entry.id());
      }
      autonomous = Set.copyOf(next);
    }
  }
}
