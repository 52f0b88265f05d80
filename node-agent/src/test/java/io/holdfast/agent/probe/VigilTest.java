package io.holdfast.agent.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.instance.ProbeKind;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Every kind of watchdog with everything that can be said; times are seconds. */
final class VigilTest {

  private static final Duration SILENCE = Duration.ofSeconds(5);
  private static final Duration FAREWELL = Duration.ofSeconds(10);

  private Said said = Said.nothing(at(0));

  @Test
  void aStartIsWaitedForUntilReadyIsSaid() {
    Vigil vigil = begin(ProbeKind.STARTUP);

    assertThat(vigil.judge(said, at(1))).isEqualTo(until(5));
    assertThat(vigil.judge(said, at(5))).isEqualTo(silent("no READY=1 for 5s"));
    says("WATCHDOG=1", 2);
    assertThat(vigil.judge(said, at(3))).isEqualTo(until(5));
    says("READY=1", 4);
    assertThat(vigil.judge(said, at(9))).isEqualTo(passed());
    assertThat(vigil.judged(said).judge(said, at(4))).isEqualTo(until(5));
  }

  @Test
  void aStatusTellsWhatItWasDoing() {
    Vigil vigil = begin(ProbeKind.STARTUP);
    says("STATUS=loading", 1);

    assertThat(vigil.judge(said, at(5)))
        .isEqualTo(silent("no READY=1 for 5s; its status was: loading"));
  }

  @Test
  void readyLastsAsLongAsItIsNotSilent() {
    Vigil vigil = begin(ProbeKind.READINESS);
    assertThat(vigil.judge(said, at(5))).isEqualTo(silent("no READY=1 for 5s"));

    says("READY=1", 2);
    assertThat(vigil.judge(said, at(3))).isEqualTo(passed());
    vigil = vigil.judged(said);
    assertThat(vigil.judge(said, at(3))).isEqualTo(until(7));
    says("STATUS=busy", 4);
    assertThat(vigil.judge(said, at(5))).isEqualTo(until(7));
    says("WATCHDOG=1", 6);
    assertThat(vigil.judge(said, at(7))).isEqualTo(passed());
    assertThat(vigil.judged(said).judge(said, at(11)))
        .isEqualTo(silent("no watchdog message for 5s; its status was: busy"));
  }

  @Test
  void whoStopsIsNotReadyFromThenOn() {
    says("READY=1", 1);
    Vigil vigil = begin(ProbeKind.READINESS);

    says("STOPPING=1", 2);
    assertThat(vigil.judge(said, at(2))).isEqualTo(new Vigil.Verdict.Bad("it said STOPPING=1"));
    vigil = vigil.again(said, at(2));
    assertThat(vigil.judge(said, at(3))).isEqualTo(until(7));
    says("WATCHDOG=1", 4);
    assertThat(vigil.judge(said, at(4))).isInstanceOf(Vigil.Verdict.Bad.class);
  }

  @Test
  void everySignOfLifePassesOnceAndSilenceMissesEachTimeAnew() {
    says("WATCHDOG=1", 0);
    Vigil vigil = begin(ProbeKind.LIVENESS);
    assertThat(vigil.judge(said, at(1))).isEqualTo(until(5));

    says("WATCHDOG=1", 3);
    assertThat(vigil.judge(said, at(3))).isEqualTo(passed());
    vigil = vigil.judged(said);
    assertThat(vigil.judge(said, at(4))).isEqualTo(until(8));
    says("STATUS=still here", 7);
    assertThat(vigil.judge(said, at(8))).isInstanceOf(Vigil.Verdict.Silent.class);
    vigil = vigil.again(said, at(8));
    assertThat(vigil.judge(said, at(9))).isEqualTo(until(13));
    assertThat(vigil.judge(said, at(13))).isInstanceOf(Vigil.Verdict.Silent.class);
  }

  @Test
  void theDeadlineRunsFromTheBeginningOfTheWatch() {
    Vigil vigil = Vigil.begin(ProbeKind.LIVENESS, SILENCE, said, at(100));

    assertThat(vigil.judge(said, at(101))).isEqualTo(until(105));
    assertThat(vigil.judge(said, at(105))).isEqualTo(silent("no watchdog message for 5s"));
  }

  @Test
  void whoPullsTheTriggerIsBelieved() {
    Vigil vigil = begin(ProbeKind.LIVENESS);

    says("WATCHDOG=trigger", 1);
    says("WATCHDOG=1", 1);

    assertThat(vigil.judge(said, at(1)))
        .isEqualTo(new Vigil.Verdict.Bad("it said WATCHDOG=trigger"));
    assertThat(vigil.again(said, at(1)).judge(said, at(2))).isEqualTo(until(6));
  }

  @Test
  void aCallForHelpIsHeardThoughTheWatchBeginsLater() {
    says("WATCHDOG=trigger", 0);

    assertThat(begin(ProbeKind.LIVENESS).judge(said, at(1))).isInstanceOf(Vigil.Verdict.Bad.class);
  }

  @Test
  void whoStopsMayBeSilentForItsGraceAndForWhatItAsks() {
    Vigil vigil = begin(ProbeKind.LIVENESS);

    says("STOPPING=1", 1);
    assertThat(vigil.judge(said, at(10))).isEqualTo(until(11));
    assertThat(vigil.judge(said, at(11))).isEqualTo(silent("it said STOPPING=1 and did not end"));
    says("EXTEND_TIMEOUT_USEC=20000000", 10);
    assertThat(vigil.judge(said, at(11))).isEqualTo(until(30));
    says("EXTEND_TIMEOUT_USEC=1", 12);
    assertThat(vigil.judge(said, at(13))).isEqualTo(until(30));
  }

  @Test
  void whoWasStartingWhileNobodyListenedIsReadyWithItsNextSignOfLife() {
    said = Said.earlier(false, at(0));
    Vigil vigil = begin(ProbeKind.STARTUP);
    assertThat(vigil.judge(said, at(1))).isEqualTo(until(5));

    says("WATCHDOG=1", 2);

    assertThat(vigil.judge(said, at(2))).isEqualTo(passed());
  }

  @Test
  void whoHadBeenReadyStillIsForTheNextAgent() {
    said = Said.earlier(true, at(0));

    assertThat(begin(ProbeKind.READINESS).judge(said, at(1))).isEqualTo(passed());
  }

  private void says(String text, long second) {
    said = said.after(Notice.parse(text), FAREWELL, at(second));
  }

  private Vigil begin(ProbeKind kind) {
    return Vigil.begin(kind, SILENCE, said, at(0));
  }

  /** The clock may begin anywhere, and passes its largest number here. */
  private static long at(long second) {
    return Long.MAX_VALUE - 2_000_000_000L + Duration.ofSeconds(second).toNanos();
  }

  private static Vigil.Verdict passed() {
    return new Vigil.Verdict.Passed();
  }

  private static Vigil.Verdict silent(String detail) {
    return new Vigil.Verdict.Silent(detail);
  }

  private static Vigil.Verdict until(long second) {
    return new Vigil.Verdict.Wait(at(second));
  }
}
