package io.holdfast.supervisor.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class LivenessTest {

  private final AtomicLong nanos = new AtomicLong(1);
  private final Liveness liveness = new Liveness(nanos::get);

  @Test
  void anAgentThatBeatsIsFine() {
    liveness.began();
    for (int i = 0; i < 100; i++) {
      pass(Duration.ofMillis(500));
      liveness.beat();
      assertThat(liveness.check()).isEqualTo(Liveness.Finding.FINE);
    }
  }

  @Test
  void silenceIsSaidOnceAndEndsWithTheNextHeartbeat() {
    liveness.began();
    liveness.beat();
    assertThat(checksOver(Duration.ofMillis(1_600))).isEqualTo(Liveness.Finding.SILENT);
    assertThat(checksOver(Duration.ofMillis(500))).isEqualTo(Liveness.Finding.FINE);
    assertThat(liveness.beat()).isTrue();
    assertThat(liveness.beat()).isFalse();
  }

  @Test
  void anAgentThatWasToldToBeatLessOftenIsSilentLater() {
    liveness.paced(Duration.ofSeconds(1));
    liveness.began();
    liveness.beat();
    assertThat(checksOver(Duration.ofMillis(2_500))).isEqualTo(Liveness.Finding.FINE);
    assertThat(checksOver(Duration.ofMillis(750))).isEqualTo(Liveness.Finding.SILENT);
  }

  @Test
  void anAgentThatStaysSilentIsGone() {
    liveness.began();
    liveness.beat();
    assertThat(checksOver(Duration.ofSeconds(6))).isEqualTo(Liveness.Finding.GONE);
  }

  @Test
  void aPauseOfTheObserverIsNotHeldAgainstTheAgent() {
    liveness.began();
    liveness.beat();
    liveness.check();
    pass(Duration.ofSeconds(60));
    assertThat(liveness.check()).isEqualTo(Liveness.Finding.FINE);
    assertThat(checksOver(Duration.ofMillis(1_600))).isEqualTo(Liveness.Finding.SILENT);
  }

  @Test
  void nothingIsExpectedBeforeTheAgentIsWelcome() {
    assertThat(checksOver(Duration.ofSeconds(30))).isEqualTo(Liveness.Finding.FINE);
  }

  /** The last finding that was not fine, as the session's quarter-second checks see it. */
  private Liveness.Finding checksOver(Duration span) {
    Liveness.Finding worst = Liveness.Finding.FINE;
    for (Duration passed = Duration.ZERO;
        passed.compareTo(span) < 0;
        passed = passed.plusMillis(250)) {
      pass(Duration.ofMillis(250));
      Liveness.Finding finding = liveness.check();
      worst = finding.compareTo(worst) > 0 ? finding : worst;
    }
    return worst;
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }
}
