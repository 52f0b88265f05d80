package io.holdfast.core.supervision;

import io.holdfast.core.InstanceId;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an agent may still do for a service without asking, as the agent itself counts.
 *
 * @param uses restarts that it has made in this series
 * @param until it may act; by the agent's clock
 */
public record OwnBudget(
    long series, long uses, long limit, SortedMap<Integer, EpochBlock> blocks, Instant until) {

  public OwnBudget {
    blocks = Collections.unmodifiableSortedMap(new TreeMap<>(blocks));
  }

  /** A restart that the agent makes by itself: the next launch, and what is left then. */
  public record Use(InstanceId successor, OwnBudget rest) {}

  /** From nothing, for an agent that has none or has lost it. */
  public static OwnBudget of(Budget word, Instant now) {
    return new OwnBudget(
        word.series(), word.seen(), word.limit(), word.blocks(), now.plus(word.validFor()));
  }

  /** The supervisor's newer word; restarts that it had not heard of are still counted. */
  public OwnBudget renewed(Budget word, Instant now) {
    long made = word.series() == series ? Math.max(uses, word.seen()) : word.seen();
    SortedMap<Integer, EpochBlock> unused = new TreeMap<>(word.blocks());
    unused.replaceAll(
        (slot, block) -> {
          EpochBlock own = blocks.get(slot);
          return own != null && own.last() == block.last() && own.first() > block.first()
              ? own
              : block;
        });
    return new OwnBudget(word.series(), made, word.limit(), unused, now.plus(word.validFor()));
  }

  /**
   * A restart in place of {@code dead}, if it is allowed. Epochs rise: none at or below the dead
   * one's is ever used.
   */
  public Optional<Use> use(InstanceId dead, Instant now) {
    EpochBlock block = blocks.get(dead.slot());
    if (block == null || uses >= limit || !until.isAfter(now)) {
      return Optional.empty();
    }
    long epoch = Math.max(block.first(), dead.epoch() + 1);
    if (!block.holds(epoch)) {
      return Optional.empty();
    }
    SortedMap<Integer, EpochBlock> rest = new TreeMap<>(blocks);
    rest.put(dead.slot(), block.after(epoch));
    return Optional.of(
        new Use(
            new InstanceId(dead.service(), dead.slot(), epoch),
            new OwnBudget(series, uses + 1, limit, rest, until)));
  }
}
