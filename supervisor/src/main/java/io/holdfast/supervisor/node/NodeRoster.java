package io.holdfast.supervisor.node;

import io.holdfast.core.NodeId;
import io.holdfast.core.placement.Candidate;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * The nodes as the directory last knew them, to be looked at without asking. Nodes change more
 * often than anybody looks at thousands of them, so what is shown is made when it is wanted.
 */
public final class NodeRoster {

  /**
   * Places that may be asked for at the same time: more of them would only wait longer for nodes
   * and for the journal, and whoever waits too long asks again.
   */
  private static final int MOST_ASKED = 512;

  /** A node that comes and goes is given nothing that runs well elsewhere. */
  private static final Duration CALM = Duration.ofMinutes(1);

  /** By then services that have too much elsewhere have moved it. */
  private static final Duration REMEMBERED = Duration.ofHours(1);

  private final SortedMap<NodeId, Candidate> candidates = new TreeMap<>();
  private final Map<NodeId, Integer> asked = new HashMap<>();
  private int allAsked;
  private final Set<NodeId> budgeted = new HashSet<>();

  /** By this machine's clock, since when each has taken instances without a break. */
  private final Map<NodeId, Long> accepting = new HashMap<>();

  private final LongSupplier ticker;
  private Optional<List<Candidate>> shown = Optional.of(List.of());
  private Optional<Set<NodeId>> autonomous = Optional.of(Set.of());
  private Set<NodeId> draining = Set.of();

  public NodeRoster(LongSupplier ticker) {
    this.ticker = ticker;
  }

  public synchronized List<Candidate> candidates() {
    List<Candidate> all = shown.orElseGet(() -> List.copyOf(candidates.values()));
    shown = Optional.of(all);
    return all;
  }

  /**
   * With the places for which services of this supervisor node are asking, so that those which seek
   * at the same time do not all find the same one idle.
   */
  public synchronized List<Candidate> expected() {
    return candidates.values().stream()
        .map(candidate -> candidate.with(asked.getOrDefault(candidate.node(), 0)))
        .toList();
  }

  /** A place on it is being asked for, until {@link #answered}. */
  public synchronized void asked(NodeId node) {
    asked.merge(node, 1, Integer::sum);
    allAsked++;
  }

  public synchronized void answered(NodeId node) {
    asked.computeIfPresent(node, (_, count) -> count == 1 ? null : count - 1);
    allAsked--;
  }

  /** How many more places may be asked for now. */
  public synchronized int room() {
    return Math.max(0, MOST_ASKED - allAsked);
  }

  /** Those whose agents may be handed budgets. */
  public synchronized Set<NodeId> autonomous() {
    Set<NodeId> all = autonomous.orElseGet(() -> Set.copyOf(budgeted));
    autonomous = Optional.of(all);
    return all;
  }

  /** Those that are to become empty. */
  public synchronized Set<NodeId> draining() {
    return draining;
  }

  /**
   * Those that have taken instances for {@link #CALM} without a break, and for less than {@link
   * #REMEMBERED}.
   */
  public synchronized Set<NodeId> settled() {
    long now = ticker.getAsLong();
    return accepting.entrySet().stream()
        .filter(since -> now - since.getValue() >= CALM.toNanos())
        .filter(since -> now - since.getValue() < REMEMBERED.toNanos())
        .map(Map.Entry::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }

  synchronized void show(NodeDirectory.Entry entry) {
    Candidate candidate = entry.candidate();
    candidates.put(entry.id(), candidate);
    if (!candidate.accepting()) {
      accepting.remove(entry.id());
    } else {
      accepting.putIfAbsent(entry.id(), ticker.getAsLong());
    }
    if (candidate.draining() != draining.contains(entry.id())) {
      draining =
          candidates.values().stream()
              .filter(Candidate::draining)
              .map(Candidate::node)
              .collect(Collectors.toUnmodifiableSet());
    }
    shown = Optional.empty();
    NodeId id = entry.id();
    if (entry.profile().takesBudgets() ? budgeted.add(id) : budgeted.remove(id)) {
      autonomous = Optional.empty();
    }
  }
}
