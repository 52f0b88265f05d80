package io.holdfast.supervisor.service;

import io.holdfast.core.NodeId;
import java.util.HashSet;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;

/**
 * The nodes that a service asks after its instances, a few at every tick and one after the other,
 * so that what got lost on the way is found out. Those that take no instances now are all asked
 * every few ticks besides: what is decided about them depends on how long their agent is away, or
 * on nothing being left there.
 */
final class Rounds {

  /** Of one round, where there are not too many. */
  static final int TICKS = 5;

  private final RoundsPace pace;
  private boolean everybody = true;
  private Optional<NodeId> last = Optional.empty();
  private double due;
  private int ticks;

  /** The first time all are asked: a node that connects then knows whom to tell. */
  Rounds(RoundsPace pace) {
    this.pace = pace;
  }

  /** All are asked the next time. */
  void restart() {
    everybody = true;
  }

  /**
   * Whom to ask now.
   *
   * @param nodes where the service has something, or had and has not been heard without
   * @param closed those that take no instances now
   */
  Set<NodeId> next(NavigableSet<NodeId> nodes, Set<NodeId> closed) {
    if (everybody) {
      everybody = false;
      return Set.copyOf(nodes);
    }
    Set<NodeId> asked = inTurn(nodes);
    ticks = (ticks + 1) % TICKS;
    if (ticks == 0) {
      nodes.stream().filter(closed::contains).forEach(asked::add);
    }
    return asked;
  }

  private Set<NodeId> inTurn(NavigableSet<NodeId> nodes) {
    double wanted = (double) nodes.size() / TICKS;
    due = Math.min(nodes.size(), due + wanted * pace.share(wanted));
    Set<NodeId> asked = new HashSet<>();
    while (due >= 1 && asked.size() < nodes.size()) {
      asked.add(after(nodes));
      due--;
    }
    return asked;
  }

  /** In their order, and from the last to the first. */
  private NodeId after(NavigableSet<NodeId> nodes) {
    NodeId next =
        last.flatMap(before -> Optional.ofNullable(nodes.higher(before))).orElseGet(nodes::first);
    last = Optional.of(next);
    return next;
  }
}
