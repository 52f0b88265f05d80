package io.holdfast.agent.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.ServiceName;
import io.holdfast.core.supervision.EpochBlock;
import io.holdfast.core.supervision.OwnBudget;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BudgetStoreTest {

  private static final ServiceName WEB = new ServiceName("web");
  private static final OwnBudget BUDGET =
      new OwnBudget(
          7,
          2,
          5,
          new TreeMap<>(Map.of(0, new EpochBlock(12, 16), 3, new EpochBlock(17, 16))),
          Instant.parse("2026-07-01T10:00:00.123456789Z"));

  @TempDir Path data;

  @Test
  void whatIsWrittenIsReadBack() throws Exception {
    BudgetStore.open(data).write(WEB, BUDGET);

    assertThat(BudgetStore.open(data).read()).containsExactly(Map.entry(WEB, BUDGET));
  }

  @Test
  void aBudgetWithoutEpochsIsReadBackToo() throws Exception {
    OwnBudget empty = new OwnBudget(7, 0, 0, new TreeMap<>(), Instant.EPOCH);
    BudgetStore.open(data).write(WEB, empty);

    assertThat(BudgetStore.open(data).read()).containsExactly(Map.entry(WEB, empty));
  }

  @Test
  void theLatestOneCounts() throws Exception {
    BudgetStore store = BudgetStore.open(data);
    store.write(WEB, new OwnBudget(6, 0, 1, new TreeMap<>(), Instant.EPOCH));
    store.write(WEB, BUDGET);

    assertThat(store.read()).containsExactly(Map.entry(WEB, BUDGET));
  }

  @Test
  void oneThatWasCutOffDoesNotCountAndSpoilsNoLaterOne() throws Exception {
    BudgetStore store = BudgetStore.open(data);
    store.write(WEB, BUDGET);
    Path file = data.resolve("budgets").resolve("web");
    Files.writeString(file, "\n7 3 5 2026-07-01T10:00:00Z 0:13-1", StandardOpenOption.APPEND);

    assertThat(store.read()).containsExactly(Map.entry(WEB, BUDGET));

    OwnBudget later = new OwnBudget(8, 0, 5, new TreeMap<>(), Instant.EPOCH);
    store.write(WEB, later);

    assertThat(store.read()).containsExactly(Map.entry(WEB, later));
  }

  @Test
  void aFileStaysShortHoweverOftenItIsWritten() throws Exception {
    BudgetStore store = BudgetStore.open(data);
    for (int use = 0; use < 1_000; use++) {
      store.write(WEB, new OwnBudget(7, use, 1_000, BUDGET.blocks(), Instant.EPOCH));
    }

    assertThat(Files.size(data.resolve("budgets").resolve("web"))).isLessThan(20_000);
    assertThat(store.read())
        .containsExactly(
            Map.entry(WEB, new OwnBudget(7, 999, 1_000, BUDGET.blocks(), Instant.EPOCH)));
  }

  @Test
  void aDeletedOneIsGone() throws Exception {
    BudgetStore store = BudgetStore.open(data);
    store.write(WEB, BUDGET);

    store.delete(WEB);

    assertThat(store.read()).isEmpty();
  }

  @Test
  void whatCannotBeReadIsNoBudgetAndSpoilsNoOther() throws Exception {
    BudgetStore store = BudgetStore.open(data);
    store.write(WEB, BUDGET);
    Path budgets = data.resolve("budgets");
    Files.writeString(budgets.resolve("empty"), "");
    Files.writeString(budgets.resolve("torn"), "1 0 5 2026-07-01T10:00:00Z 0:3\n");
    Files.writeString(budgets.resolve("Not A Service"), "series=1\n");
    Files.write(budgets.resolve("binary"), new byte[] {(byte) 0xff, 0, 3});
    Files.writeString(budgets.resolve("cut.new"), "ser");
    Files.createDirectory(budgets.resolve("directory"));

    assertThat(store.read()).containsExactly(Map.entry(WEB, BUDGET));
  }
}
