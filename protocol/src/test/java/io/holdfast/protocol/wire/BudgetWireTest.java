package io.holdfast.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.holdfast.core.ServiceName;
import io.holdfast.core.supervision.Budget;
import io.holdfast.core.supervision.EpochBlock;
import java.time.Duration;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class BudgetWireTest {

  private static final ServiceName WEB = new ServiceName("web");

  @Test
  void aBudgetComesBackAsItWas() {
    Random random = new Random(21);
    for (int round = 0; round < 1_000; round++) {
      Budget budget = budget(random);
      assertThat(BudgetWire.fromWire(BudgetWire.toWire(budget))).isEqualTo(budget);
    }
  }

  @Test
  void aBudgetThatAllowsNothingComesBackAsItWas() {
    Budget nothing = new Budget(WEB, 0, 0, 0, new TreeMap<>(), Duration.ZERO);
    assertThat(BudgetWire.fromWire(BudgetWire.toWire(nothing))).isEqualTo(nothing);
  }

  @Test
  void anEmptyBlockComesBackAsItWas() {
    Budget spent = budget(new EpochBlock(18, 19).after(19));

    Budget back = BudgetWire.fromWire(BudgetWire.toWire(spent));

    assertThat(back).isEqualTo(spent);
    assertThat(back.blocks().values()).extracting(EpochBlock::size).containsExactly(0L);
  }

  @Test
  void aBudgetThatNoSupervisorCouldMeanIsRefused() {
    assertRefused(io.holdfast.protocol.agent.Budget.newBuilder());
    assertRefused(good().clearService());
    assertRefused(good().setService("Web"));
    assertRefused(good().setSeries(-1));
    assertRefused(good().setSeen(-1));
    assertRefused(good().setLimit(-1));
    assertRefused(good().clearValidFor());
    assertRefused(good().setValidFor(WireTime.duration(Duration.ofNanos(-1))));
  }

  @Test
  void aBlockThatNoSupervisorCouldMeanIsRefused() {
    assertRefused(good().setBlocks(0, block(-1, 1, 2)));
    assertRefused(good().setBlocks(0, block(0, 0, 2)));
    assertRefused(good().setBlocks(0, block(0, -5, -2)));
    assertRefused(good().setBlocks(0, block(0, 1, -1)));
    assertRefused(good().addBlocks(block(0, 7, 9)));
  }

  @Test
  void moreBlocksThanAnyServiceHasSlotsAreRefused() {
    var many = good().clearBlocks();
    IntStream.range(0, 100_000).forEach(slot -> many.addBlocks(block(slot, 1, 1)));

    assertThat(BudgetWire.fromWire(many.build()).blocks()).hasSize(100_000);
    assertRefused(many.addBlocks(block(100_000, 1, 1)));
  }

  private static Budget budget(Random random) {
    SortedMap<Integer, EpochBlock> blocks = new TreeMap<>();
    for (int i = 0; i < random.nextInt(5); i++) {
      long first = 1 + random.nextLong(1_000_000);
      blocks.put(random.nextInt(11_000), new EpochBlock(first, first - 1 + random.nextInt(9)));
    }
    return new Budget(
        new ServiceName("service-" + random.nextInt(100)),
        random.nextLong(Long.MAX_VALUE),
        random.nextLong(1_000),
        random.nextLong(1_000),
        blocks,
        Duration.ofNanos(random.nextLong(Duration.ofHours(1).toNanos())));
  }

  private static Budget budget(EpochBlock block) {
    SortedMap<Integer, EpochBlock> blocks = new TreeMap<>();
    blocks.put(0, block);
    return new Budget(WEB, 1, 2, 5, blocks, Duration.ofSeconds(30));
  }

  private static io.holdfast.protocol.agent.Budget.Builder good() {
    return BudgetWire.toWire(budget(new EpochBlock(18, 20))).toBuilder();
  }

  private static io.holdfast.protocol.agent.EpochBlock block(int slot, long first, long last) {
    return io.holdfast.protocol.agent.EpochBlock.newBuilder()
        .setSlot(slot)
        .setFirst(first)
        .setLast(last)
        .build();
  }

  private static void assertRefused(io.holdfast.protocol.agent.Budget.Builder budget) {
    assertThatIllegalArgumentException().isThrownBy(() -> BudgetWire.fromWire(budget.build()));
  }
}
