package io.holdfast.core.supervision;

import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

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
 * @param former the blocks that the latest ones have replaced: the agent may have used those before
 *     it heard of that, and what it has launched by them is as good
 * @param until the agent may act
 */
record Delegation(
    long series,
    long uses,
    long limit,
    SortedMap<Integer, EpochBlock> blocks,
    SortedMap<Integer, EpochBlock> former,
    Instant until) {

  Delegation {
    blocks = Collections.unmodifiableSortedMap(new TreeMap<>(blocks));
    former = Collections.unmodifiableSortedMap(new TreeMap<>(former));
  }

  /** The beginning of a series, with which nothing is allowed yet. */
  static Delegation none(long series) {
    return new Delegation(
        series, 0, 0, Collections.emptySortedMap(), Collections.emptySortedMap(), Instant.EPOCH);
  }

  /** Restarts that it may still make, as far as is known. */
  long left() {
    return limit - uses;
  }

  boolean isInForce(Instant now) {
    return until.isAfter(now);
  }

  boolean holds(int slot, long epoch) {
    return Stream.of(blocks, former)
        .flatMap(each -> Optional.ofNullable(each.get(slot)).stream())
        .anyMatch(block -> block.holds(epoch));
  }

  /** The agent has launched {@code epoch} in {@code slot}. */
  Delegation used(int slot, long epoch) {
    return new Delegation(
        series,
        uses + 1,
        Math.max(limit, uses + 1),
        after(blocks, slot, epoch),
        after(former, slot, epoch),
        until);
  }

  Delegation without(int slot) {
    SortedMap<Integer, EpochBlock> rest = new TreeMap<>(blocks);
    SortedMap<Integer, EpochBlock> before = new TreeMap<>(former);
    rest.remove(slot);
    before.remove(slot);
    return new Delegation(series, uses, limit, rest, before, until);
  }

  Delegation renewed(ServiceEvent.BudgetDelegated event) {
    SortedMap<Integer, EpochBlock> more = new TreeMap<>(blocks);
    SortedMap<Integer, EpochBlock> before = new TreeMap<>(former);
    event
        .blocks()
        .forEach(
            (slot, block) ->
                Optional.ofNullable(more.put(slot, block)).ifPresent(old -> before.put(slot, old)));
    return new Delegation(series, uses, event.limit(), more, before, event.until());
  }

  /** Nothing any more; what was used before the word arrived is still told and counted. */
  Delegation withdrawn(Instant at) {
    return new Delegation(series, uses, uses, blocks, former, at);
  }

  /** Of an epoch that is used the earlier ones are void as well. */
  private static SortedMap<Integer, EpochBlock> after(
      SortedMap<Integer, EpochBlock> blocks, int slot, long epoch) {
    SortedMap<Integer, EpochBlock> rest = new TreeMap<>(blocks);
    rest.computeIfPresent(slot, (_, block) -> block.after(epoch));
    return rest;
  }
}
