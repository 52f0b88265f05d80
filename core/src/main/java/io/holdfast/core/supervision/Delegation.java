package io.holdfast.core.supervision;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the agent of one node may do for the service without asking, as the supervisor's record has
 * it.
 *
 * <p>Restarts are counted up for ever on both sides, so that a message that crosses a restart on
 * its way grants nothing twice: the agent may go on while its own count is below the limit.
 *
 * @param series a new one for each time that counting begins anew
 * @param uses restarts that the agent has reported
 * @param limit the agent's count may not pass; {@code uses <= limit}
 * @param blocks epochs per slot, without those known to be used
 * @param until the agent may act
 */
record Delegation(
    long series, long uses, long limit, SortedMap<Integer, EpochBlock> blocks, Instant until) {

  Delegation {
    blocks = Collections.unmodifiableSortedMap(new TreeMap<>(blocks));
  }

  /** Restarts that it may still make, as far as is known. */
  long left() {
    return limit - uses;
  }

  boolean isInForce(Instant now) {
    return until.isAfter(now);
  }

  boolean holds(int slot, long epoch) {
    EpochBlock block = blocks.get(slot);
    return block != null && block.holds(epoch);
  }

  /** The agent has launched {@code epoch} in {@code slot}. */
  Delegation used(int slot, long epoch) {
    SortedMap<Integer, EpochBlock> rest = new TreeMap<>(blocks);
    rest.computeIfPresent(slot, (_, block) -> block.after(epoch));
    return new Delegation(series, uses + 1, Math.max(limit, uses + 1), rest, until);
  }

  Delegation without(int slot) {
    SortedMap<Integer, EpochBlock> rest = new TreeMap<>(blocks);
    rest.remove(slot);
    return new Delegation(series, uses, limit, rest, until);
  }

  Delegation renewed(ServiceEvent.BudgetDelegated event) {
    SortedMap<Integer, EpochBlock> more = new TreeMap<>(blocks);
    more.putAll(event.blocks());
    return new Delegation(series, uses, event.limit(), more, event.until());
  }

  /** Nothing any more; what was used before the word arrived is still told and counted. */
  Delegation withdrawn(Instant at) {
    return new Delegation(series, uses, uses, blocks, at);
  }
}
