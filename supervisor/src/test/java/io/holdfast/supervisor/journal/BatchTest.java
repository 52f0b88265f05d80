package io.holdfast.supervisor.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.persistence.typed.EventAdapter;
import io.holdfast.core.supervision.ServiceEvent;
import io.holdfast.core.supervision.ServiceState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one decision records is one row, and a single event looks as it always did. */
final class BatchTest {

  private static final ServiceEvent WOKEN =
      new ServiceEvent.SlotWoken(3, Instant.parse("2026-11-01T00:00:00Z"));

  private final JournalSerializer serializer = new JournalSerializer();
  private final EventAdapter<Batch, Object> adapter = Batch.adapter();

  @Test
  void nothingMakesNoBatch() {
    assertThat(Batch.of(List.of())).isEmpty();
  }

  @Test
  void whatIsTooMuchForOneMakesSeveralInItsOrder() {
    List<ServiceEvent> all = SampleLife.of(1).events(2 * Batch.MOST + 1);
    List<Batch> batches = Batch.of(all);
    assertThat(batches).hasSize(all.size() / Batch.MOST + 1);
    assertThat(batches).flatExtracting(Batch::events).isEqualTo(all);
  }

  @Test
  void aSingleEventIsWrittenAsItself() {
    Batch one = new Batch(List.of(WOKEN));
    assertThat(adapter.toJournal(one)).isEqualTo(WOKEN);
    assertThat(adapter.fromJournal(WOKEN, "").events().apply(0)).isEqualTo(one);
  }

  @Test
  void severalAreReadAsTheyWereWrittenWhateverTheyAre() {
    for (long seed = 0; seed < 60; seed++) {
      Batch batch = new Batch(SampleLife.of(seed).events(120));
      Object written = adapter.toJournal(batch);
      Object read =
          serializer.fromBinary(serializer.toBinary(written), serializer.manifest(written));
      assertThat(adapter.fromJournal(read, "").events().apply(0))
          .as("seed %d", seed)
          .isEqualTo(batch);
    }
  }

  @Test
  void leadsToWhereItsEventsLead() {
    ServiceState one = new ServiceState.Blank();
    List<ServiceEvent> all = SampleLife.of(7).events(120);
    for (ServiceEvent event : all) {
      one = one.after(event);
    }
    assertThat(new Batch(all).after(new ServiceState.Blank())).isEqualTo(one);
  }

  @Test
  void saysOfAKindThatItDoesNotKnowThatANewerReleaseWroteIt() throws Exception {
    byte[] newer =
        """
        [{"service.slot-woken/1":{"slot":3,"at":"2026-11-01T00:00:00Z"}},
         {"service.dreamed/1":{"of":["sheep",{"service.begun/9":1}]}}]
        """
            .getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> serializer.fromBinary(newer, "service.batch/1"))
        .hasStackTraceContaining("'service.dreamed/1'")
        .hasStackTraceContaining("a newer one wrote it");
    assertThat(JournalSerializer.unknown(serializer.identifier(), "service.batch/1", newer))
        .contains("service.dreamed/1");
  }

  @Test
  void nothingIsUnknownInWhatThisReleaseWrites() throws Exception {
    Batch batch = new Batch(Collections.nCopies(2, WOKEN));
    assertThat(
            JournalSerializer.unknown(
                serializer.identifier(), serializer.manifest(batch), serializer.toBinary(batch)))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "[{}]",
        "[{\"service.slot-woken/1\":3}]",
        "[{\"service.slot-woken/1\":{\"slot\":3",
        "[{\"service.slot-woken/1\":{\"slot\":3}},7]"
      })
  void whatIsNoBatchIsNotTakenForOne(String damaged) {
    byte[] bytes = damaged.getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(
            () -> JournalSerializer.unknown(serializer.identifier(), "service.batch/1", bytes))
        .isInstanceOf(IOException.class);
  }

  @Test
  void whatIsNoEventOfAServiceIsUnknownInABatch() throws Exception {
    byte[] other = "[{\"node.joined/1\":{}}]".getBytes(StandardCharsets.UTF_8);
    assertThat(JournalSerializer.unknown(serializer.identifier(), "service.batch/1", other))
        .contains("node.joined/1");
  }
}
