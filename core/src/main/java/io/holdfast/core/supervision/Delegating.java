package io.holdfast.core.supervision;

import io.holdfast.core.NodeId;
import io.holdfast.core.spec.RestartPolicy;
import io.holdfast.core.spec.RestartType;
import io.holdfast.core.supervision.ServiceState.Active;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Hands to agents what they may restart at once without asking: as many restarts as the intensity
 * leaves room for on that node, and for each slot there as many epochs, which nobody else gets. A
 * restart that the supervisor is about to make because of the thresholds is left out of them.
 *
 * <p>Only where one instance is nobody else's business: one-for-one, not exclusive, nothing it
 * depends on down, its group not in the way.
 */
final class Delegating {

  static final Duration VALID_FOR = Duration.ofHours(24);

  /** What is valid for less than that is renewed. */
  private static final Duration OLD = VALID_FOR.dividedBy(2);

  /** Restarts handed out at a time, however high the intensity. */
  static final int MOST = 100;

  private Delegating() {}

  static void refresh(Draft draft) {
    Active active = draft.active().orElseThrow();
    Map<NodeId, SortedMap<Integer, Long>> places = places(active);
    String obstacle = obstacle(draft, active);
    Map<NodeId, Integer> promised = promised(active);
    for (NodeId node : nodes(active, places)) {
      SortedMap<Integer, Long> slots = places.getOrDefault(node, Collections.emptySortedMap());
      String reason = obstacle.isEmpty() ? absence(draft, node, slots) : obstacle;
      if (!reason.isEmpty()) {
        withdraw(draft, node, reason);
      } else {
        grant(draft, node, slots, promised.getOrDefault(node, 0));
      }
    }
  }

  /** Always in the same order; at nearly every decision none is new. */
  private static List<NodeId> nodes(Active active, Map<NodeId, SortedMap<Integer, Long>> places) {
    List<NodeId> nodes = new ArrayList<>(active.delegations().keySet());
    places.keySet().stream()
        .filter(node -> !active.delegations().containsKey(node))
        .sorted()
        .forEach(nodes::add);
    return nodes;
  }

  /** The present epoch of each slot, per node. */
  private static Map<NodeId, SortedMap<Integer, Long>> places(Active active) {
    Map<NodeId, SortedMap<Integer, Long>> places = new HashMap<>();
    for (Slot slot : active.slots().headMap(active.spec().slots()).values()) {
      slot.tenant()
          .ifPresent(
              tenant ->
                  places
                      .computeIfAbsent(tenant.node(), _ -> new TreeMap<>())
                      .put(slot.index(), tenant.id().epoch()));
    }
    return places;
  }

  private static String obstacle(Draft draft, Active active) {
    if (active.isOrdered()) {
      return "its slots are restarted together";
    }
    if (active.spec().exclusivity().required()) {
      return "it is exclusive";
    }
    if (active.spec().restart().type() == RestartType.TEMPORARY) {
      return "it is never restarted";
    }
    if (!draft.surroundings().dependenciesMet()) {
      return "a dependency is down";
    }
    if (active.membership().isHalted()) {
      return "its group has halted it";
    }
    return active.slots().values().stream().anyMatch(Slot::probation) ? "it was held" : "";
  }

  private static String absence(Draft draft, NodeId node, SortedMap<Integer, Long> slots) {
    if (slots.isEmpty()) {
      return "it has no instance there";
    }
    return draft.surroundings().autonomous().contains(node) ? "" : "its agent takes no budgets";
  }

  private static void withdraw(Draft draft, NodeId node, String why) {
    Delegation current = draft.active().orElseThrow().delegations().get(node);
    if (current != null && current.isInForce(draft.now())) {
      draft.record(new ServiceEvent.BudgetWithdrawn(node, why, draft.now()));
      tell(draft, node);
    }
  }

  private static void grant(
      Draft draft, NodeId node, SortedMap<Integer, Long> slots, int promised) {
    Active active = draft.active().orElseThrow();
    RestartPolicy policy = active.spec().restart();
    int room = Math.max(0, active.budgets().ladder(node).room(policy, draft.now()) - promised);
    int wanted = Math.min(room, MOST);
    Delegation current = current(active, node);
    boolean fresh = !current.isInForce(draft.now());
    long left = fresh ? 0 : current.left();
    boolean tooMuch = left > room;
    boolean tooLittle = left < wanted && left * 2 <= wanted;
    long size = tooMuch || tooLittle ? wanted : left;
    List<Integer> without = without(current, slots, size);
    boolean old = left > 0 && current.until().isBefore(draft.now().plus(OLD));
    if (tooMuch || tooLittle || old || !without.isEmpty()) {
      draft.record(
          new ServiceEvent.BudgetDelegated(
              node,
              current.series(),
              current.uses() + size,
              blocks(active.lastEpoch(), without, size),
              draft.now().plus(VALID_FOR),
              draft.now()));
      tell(draft, node);
    }
  }

  /**
   * Restarts that the supervisor is about to make itself, per node, because of the thresholds:
   * taken out of the agent's budget before it is told to end the instance, so that its word of the
   * end shows that it has heard that.
   */
  static Map<NodeId, Integer> promised(Active active) {
    Map<NodeId, Integer> promised = new HashMap<>();
    for (Slot slot : active.slots().values()) {
      if (slot.occupancy() instanceof Occupancy.Occupied(Tenant tenant)
          && tenant.regard() instanceof Regard.Condemned) {
        promised.merge(tenant.node(), 1, Integer::sum);
      }
    }
    return promised;
  }

  private static Delegation current(Active active, NodeId node) {
    Delegation known = active.delegations().get(node);
    return known != null ? known : Delegation.none(active.lastEpoch() + 1);
  }

  /** Slots that lack the epochs for so many restarts. */
  private static List<Integer> without(
      Delegation current, SortedMap<Integer, Long> slots, long size) {
    List<Integer> without = new ArrayList<>();
    slots.forEach(
        (slot, epoch) -> {
          EpochBlock block = current.blocks().get(slot);
          // Epochs up to the present one are of no use to it.
          if (size > 0 && (block == null || block.after(epoch).size() < size)) {
            without.add(slot);
          }
        });
    return without;
  }

  private static SortedMap<Integer, EpochBlock> blocks(
      long lastEpoch, List<Integer> slots, long size) {
    SortedMap<Integer, EpochBlock> blocks = new TreeMap<>();
    long next = lastEpoch + 1;
    for (int slot : slots) {
      blocks.put(slot, new EpochBlock(next, next + size - 1));
      next += size;
    }
    return blocks;
  }

  /** Says again what the agent may do; harmless when it knows. */
  static void tell(Draft draft, NodeId node) {
    Active active = draft.active().orElseThrow();
    Delegation delegation = active.delegations().get(node);
    if (delegation != null) {
      draft.then(new ServiceEffect.Delegate(node, budget(active, delegation, draft.now())));
    }
  }

  static Budget budget(Active active, Delegation delegation, Instant now) {
    Duration valid = Duration.between(now, delegation.until());
    return new Budget(
        active.spec().name(),
        delegation.series(),
        delegation.uses(),
        delegation.limit(),
        delegation.blocks(),
        valid.isNegative() ? Duration.ZERO : valid);
  }

  static Active delegated(Active active, ServiceEvent.BudgetDelegated event) {
    Delegation known = active.delegations().get(event.node());
    Delegation current = known != null ? known : Delegation.none(event.series());
    long last = event.blocks().values().stream().mapToLong(EpochBlock::last).max().orElse(0);
    return Edit.of(active).delegation(event.node(), current.renewed(event)).lastEpoch(last).state();
  }

  static Active withdrawn(Active active, ServiceEvent.BudgetWithdrawn event) {
    Delegation current = active.delegations().get(event.node());
    return current == null
        ? active
        : Edit.of(active).delegation(event.node(), current.withdrawn(event.at())).state();
  }
}
