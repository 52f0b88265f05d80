package io.holdfast.core.detection;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.detection.HeartbeatDetector.Finding;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A session looks four times a second, and heartbeats are to come twice as rarely. */
final class HeartbeatDetectorTest {

  private static final Duration INTERVAL = Duration.ofMillis(500);
  private static final Duration CHECK = Duration.ofMillis(250);

  private long now = 1;
  private final HeartbeatDetector detector = new HeartbeatDetector(INTERVAL, now);

  @Test
  void anAgentThatBeatsIsFine() {
    beats(200, 500);
    assertThat(detector.check(now)).isEqualTo(Finding.FINE);
  }

  @Test
  void onAQuietNetworkASilenceIsSuspectAfterThreeIntervals() {
    beats(200, 500);
    assertThat(silentAfter()).isBetween(Duration.ofMillis(1_400), Duration.ofMillis(1_750));
  }

  @Test
  void beforeAnythingIsKnownOfALinkItIsJudgedLikeAQuietOne() {
    beats(1, 500);
    assertThat(silentAfter()).isBetween(Duration.ofMillis(1_400), Duration.ofMillis(1_750));
  }

  @Test
  void aSilenceIsSaidOnceAndEndsWithTheNextHeartbeat() {
    beats(10, 500);
    silentAfter();
    assertThat(findings(Duration.ofSeconds(1))).containsOnly(Finding.FINE);
    assertThat(detector.beat(now)).isTrue();
    assertThat(detector.beat(now)).isFalse();
  }

  @Test
  void anAgentThatStaysSilentIsGoneAfterSixSeconds() {
    beats(10, 500);
    assertThat(findings(Duration.ofMillis(5_750))).doesNotContain(Finding.GONE);
    assertThat(findings(Duration.ofMillis(500))).contains(Finding.GONE);
  }

  @Test
  void anAgentThatWasToldToBeatLessOftenIsSilentLater() {
    detector.paced(Duration.ofSeconds(1));
    beats(100, 1_000);
    assertThat(silentAfter()).isBetween(Duration.ofMillis(2_800), Duration.ofMillis(3_500));
  }

  /** The intervals that end suspicions count; otherwise it would be suspect for ever. */
  @Test
  void aLinkThatHasBecomeSlowIsLearned() {
    beats(200, 500);
    int suspicions = 0;
    for (int i = 0; i < 100; i++) {
      suspicions += findings(Duration.ofSeconds(2)).contains(Finding.SILENT) ? 1 : 0;
      detector.beat(now);
    }
    assertThat(suspicions).as("of the first few").isBetween(1, 20);
    assertThat(findings(Duration.ofSeconds(2))).containsOnly(Finding.FINE);
  }

  @Test
  void onePauseDoesNotMakeItBlindForAMinute() {
    beats(200, 500);
    findings(Duration.ofSeconds(5));
    detector.beat(now);
    assertThat(silentAfter()).isLessThan(Duration.ofMillis(2_500));
  }

  @Test
  void aPauseOfTheObserverIsNotHeldAgainstTheAgent() {
    beats(10, 500);
    detector.check(now);
    pass(Duration.ofSeconds(60));
    assertThat(detector.check(now)).isEqualTo(Finding.FINE);
    assertThat(silentAfter()).isGreaterThan(Duration.ofSeconds(1));
  }

  @Test
  void nothingIsExpectedBeforeTheAgentIsWelcome() {
    HeartbeatDetector early = new HeartbeatDetector(INTERVAL, 0);
    assertThat(IntStream.range(0, 100).mapToObj(i -> early.check(i * CHECK.toNanos())).distinct())
        .containsExactly(Finding.FINE);
    assertThat(early.silence(0)).isEmpty();
  }

  /** As where every fifth packet is lost and sent again some 200 ms later, sometimes twice. */
  @Test
  void aLinkThatLosesEveryFifthPacketIsNotSuspect() {
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      double delay = 0;
      for (double retry = 0.2; random.nextDouble() < 0.2 && retry < 2; retry *= 2) {
        delay += retry;
      }
      List<Finding> found = findings(Duration.ofMillis((long) (500 + 1_000 * delay / 2)));
      assertThat(found).as("beat %d", i).doesNotContain(Finding.GONE);
      detector.beat(now);
    }
  }

  private void beats(int count, int everyMillis) {
    detector.began(now);
    for (int i = 0; i < count; i++) {
      detector.beat(now);
      findings(Duration.ofMillis(everyMillis));
    }
    detector.beat(now);
  }

  /** How long nothing has come when that is found suspect. */
  private Duration silentAfter() {
    long from = now;
    while (detector.check(now) != Finding.SILENT) {
      assertThat(now - from).isLessThan(Duration.ofSeconds(10).toNanos());
      pass(CHECK);
    }
    return Duration.ofNanos(now - from);
  }

  private List<Finding> findings(Duration span) {
    long end = now + span.toNanos();
    List<Finding> found = new java.util.ArrayList<>();
    while (now + CHECK.toNanos() <= end) {
      pass(CHECK);
      found.add(detector.check(now));
    }
    now = end;
    return found;
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }
}
