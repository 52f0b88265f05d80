package io.holdfast.core.supervision;

import io.holdfast.core.NodeId;
import io.holdfast.core.spec.ServiceSpec;
import java.time.Instant;
import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a service's failures have used up so far. Refills with time that passes without failures.
 *
 * @param ladders the rungs in place, per node
 * @param moves to other nodes
 * @param pairings nodes that did it no good
 */
record Budgets(
    SortedMap<NodeId, Ladder> ladders, Window moves, SortedMap<NodeId, Pairing> pairings) {

  static final Budgets FULL =
      new Budgets(Collections.emptySortedMap(), Window.EMPTY, Collections.emptySortedMap());

  Budgets {
    ladders = Collections.unmodifiableSortedMap(new TreeMap<>(ladders));
    pairings = Collections.unmodifiableSortedMap(new TreeMap<>(pairings));
  }

  Ladder ladder(NodeId node) {
    return ladders.getOrDefault(node, Ladder.BOTTOM);
  }

  /** Nodes to be avoided now. */
  Set<NodeId> avoided(Instant now) {
    return pairings.entrySet().stream()
        .filter(entry -> entry.getValue().until().isAfter(now))
        .map(java.util.Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /** After an end on {@code node} that was answered with {@code verdict}. */
  Budgets after(ServiceSpec spec, ServiceEvent.InstanceExited event) {
    NodeId node = event.node();
    return switch (event.verdict()) {
      case Verdict.RestartAtOnce _, Verdict.Paced _ ->
          with(node, ladder(node).restartedAtOnce(spec.restart(), event.at()));
      case Verdict.Delegated(_, boolean counted) ->
          counted ? with(node, ladder(node).restartedAtOnce(spec.restart(), event.at())) : this;
      case Verdict.BackOff(Instant until) ->
          with(node, ladder(node).waits(spec.restart(), event.at(), until));
      case Verdict.Move _ -> moved(spec, event);
      case Verdict.Expected _,
          Verdict.Final _,
          Verdict.Await _,
          Verdict.Relaunch _,
          Verdict.Fence _,
          Verdict.Escalate _,
          Verdict.Hold _ ->
          this;
    };
  }

  private Budgets moved(ServiceSpec spec, ServiceEvent.InstanceExited event) {
    SortedMap<NodeId, Pairing> next = new TreeMap<>(pairings);
    // Decayed ones are dropped here, so there are never more than nodes.
    next.values().removeIf(pairing -> !pairing.until().isAfter(event.at()));
    next.put(
        event.node(),
        new Pairing(event.exit().signature(), event.at().plus(spec.replace().remember())));
    return new Budgets(ladders, moves.plus(spec.replace().period(), event.at()), next);
  }

  private Budgets with(NodeId node, Ladder ladder) {
    SortedMap<NodeId, Ladder> next = new TreeMap<>(ladders);
    next.put(node, ladder);
    return new Budgets(next, moves, pairings);
  }
}
