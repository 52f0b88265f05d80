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

  /** Of places that are given out by the hundred each need not be shown by itself. */
  private static final Duration MOMENT = Duration.ofMillis(100);

  /** Who has settled is looked for so often, not at every decision of every service. */
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final SortedMap<NodeId, Candidate> candidates = new TreeMap<>();
  private final Map<NodeId, Integer> asked = new HashMap<>();
  private int allAsked;
  private final Set<NodeId> budgeted = new HashSet<>();
  private final Set<NodeId> shut = new HashSet<>();

  /** By this machine's clock, since when each has taken instances without a break. */
  private final Map<NodeId, Long> accepting = new HashMap<>();

  private final LongSupplier ticker;
  private Optional<List<Candidate>> shown = Optional.of(List.of());
  private long shownAsOf;
  private boolean loadChanged;
  private Optional<Set<NodeId>> autonomous = Optional.of(Set.of());
  private Set<NodeId> draining = Set.of();
  private Optional<Set<NodeId>> closed = Optional.of(Set.of());
  private Set<NodeId> settled = Set.of();
  private long settledAsOf;

  public NodeRoster(LongSupplier ticker) {
    this.ticker = ticker;
    this.shownAsOf = ticker.getAsLong();
    this.settledAsOf = shownAsOf;
  }

  /** What is on each of them, and left of it, as of a moment ago. */
  public synchronized List<Candidate> candidates() {
    long now = ticker.getAsLong();
    if (shown.isEmpty() || (loadChanged && now - shownAsOf >= MOMENT.toNanos())) {
      shown = Optional.of(List.copyOf(candidates.values()));
      shownAsOf = now;
      loadChanged = false;
    }
    return shown.get();
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

  /** Those that take no instances now. */
  public synchronized Set<NodeId> closed() {
    Set<NodeId> all = closed.orElseGet(() -> Set.copyOf(shut));
    closed = Optional.of(all);
    return all;
  }

  /**
   * Those that have taken instances for {@link #CALM} without a break, and for less than {@link
   * #REMEMBERED}, as of a moment ago.
   */
  public synchronized Set<NodeId> settled() {
    long now = ticker.getAsLong();
    if (now - settledAsOf >= LOOK.toNanos()) {
      settledAsOf = now;
      settled = settled(now);
    }
    return settled;
  }

  private Set<NodeId> settled(long now) {
    return accepting.entrySet().stream()
        .filter(since -> now - since.getValue() >= CALM.toNanos())
        .filter(since -> now - since.getValue() < REMEMBERED.toNanos())
        .map(Map.Entry::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }

  synchronized void show(NodeDirectory.Entry entry) {
    Candidate candidate = entry.candidate();
    Optional<Candidate> before = Optional.ofNullable(candidates.put(entry.id(), candidate));
    if (before.filter(candidate::differsInLoadOnly).isPresent()) {
      loadChanged = true;
    } else {
      shown = Optional.empty();
    }
    if (!candidate.accepting()) {
      accepting.remove(entry.id());
      settledAsOf = ticker.getAsLong() - LOOK.toNanos();
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
    NodeId id = entry.id();
    if (candidate.accepting() ? shut.remove(id) : shut.add(id)) {
      closed = Optional.empty();
    }
    if (entry.profile().takesBudgets() ? budgeted.add(id) : budgeted.remove(id)) {
      autonomous = Optional.empty();
    }
  }
}
