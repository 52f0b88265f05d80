package io.holdfast.protocol.wire;

import io.holdfast.core.ServiceName;
import io.holdfast.core.supervision.Budget;
import io.holdfast.core.supervision.EpochBlock;
import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;

/** What an agent may restart without asking, to and from the wire. */
public final class BudgetWire {

  /** More slots than a service can have; a longer list is not worth the memory. */
  private static final int MOST_BLOCKS = 100_000;

  private BudgetWire() {}

  public static io.holdfast.protocol.agent.Budget toWire(Budget budget) {
    var wire =
        io.holdfast.protocol.agent.Budget.newBuilder()
            .setService(budget.service().value())
            .setSeries(budget.series())
            .setSeen(budget.seen())
            .setLimit(budget.limit())
            .setValidFor(WireTime.duration(budget.validFor()));
    budget.blocks().forEach((slot, block) -> wire.addBlocks(block(slot, block)));
    return wire.build();
  }

  /**
   * The budget that {@link #toWire} was given.
   *
   * @throws IllegalArgumentException for what no supervisor could mean
   */
  public static Budget fromWire(io.holdfast.protocol.agent.Budget wire) {
    Wire.expect(wire.getSeries() >= 0, "a series from 0");
    Wire.expect(wire.getSeen() >= 0, "a count of restarts from 0");
    Wire.expect(wire.getLimit() >= 0, "a limit from 0");
    return new Budget(
        new ServiceName(wire.getService()),
        wire.getSeries(),
        wire.getSeen(),
        wire.getLimit(),
        blocks(wire),
        validFor(wire));
  }

  private static Duration validFor(io.holdfast.protocol.agent.Budget wire) {
    Wire.expect(wire.hasValidFor(), "how long the budget is valid");
    Duration validFor = WireTime.duration(wire.getValidFor());
    Wire.expect(!validFor.isNegative(), "a budget that is valid from now on");
    return validFor;
  }

  private static SortedMap<Integer, EpochBlock> blocks(io.holdfast.protocol.agent.Budget wire) {
    Wire.expect(wire.getBlocksCount() <= MOST_BLOCKS, "at most " + MOST_BLOCKS + " blocks");
    SortedMap<Integer, EpochBlock> blocks = new TreeMap<>();
    for (var block : wire.getBlocksList()) {
      Wire.expect(block.getSlot() >= 0, "a slot from 0");
      Wire.expect(block.getFirst() >= 1 && block.getLast() >= 0, "epochs from 1");
      EpochBlock epochs = new EpochBlock(block.getFirst(), block.getLast());
      Wire.expect(blocks.put(block.getSlot(), epochs) == null, "each slot once");
    }
    return blocks;
  }

  private static io.holdfast.protocol.agent.EpochBlock block(int slot, EpochBlock block) {
    return io.holdfast.protocol.agent.EpochBlock.newBuilder()
        .setSlot(slot)
        .setFirst(block.first())
        .setLast(block.last())
        .build();
  }
}
