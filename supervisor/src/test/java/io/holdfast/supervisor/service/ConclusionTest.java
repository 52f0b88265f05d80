package io.holdfast.supervisor.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.supervision.ServiceEvent;
import io.holdfast.core.supervision.ServiceState;
import io.holdfast.supervisor.journal.Batch;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What was worked out for a batch is taken for that one only. */
final class ConclusionTest {

  private final Batch batch = woken();
  private final Conclusion conclusion = new Conclusion(batch, new ServiceState.Blank());

  private static Batch woken() {
    return new Batch(List.of(new ServiceEvent.SlotWoken(3, Instant.parse("2026-11-01T00:00:00Z"))));
  }

  @Test
  void isOfTheBatchThatIsBeingRecorded() {
    assertThat(conclusion.isOf(batch)).isTrue();
  }

  @Test
  void isNotOfWhatTheJournalHoldsAfterAFailedWriteEvenIfThatIsEqual() {
    assertThat(woken()).isEqualTo(batch);
    assertThat(conclusion.isOf(woken())).isFalse();
  }
}
