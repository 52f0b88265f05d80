package io.holdfast.core.supervision;

import static io.holdfast.core.fixture.Palette.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.spec.BackoffPolicy;
import io.holdfast.core.spec.RestartPolicy;
import io.holdfast.core.spec.RestartType;
import io.holdfast.core.spec.Strategy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The rungs in the order of the failures that lead up them. */
final class LadderTest {

  @Test
  void theRungsAreAtOnceAfterWaitSpent() {
    assertThat(rungs(policy(2, seconds(60), seconds(60)), List.of(0, 1, 2, 3, 4)))
        .containsExactly("at once 1", "at once 2", "wait 1", "wait 2", "spent");
  }

  @Test
  void theWindowSlides() {
    assertThat(rungs(policy(2, seconds(10), seconds(1000)), List.of(0, 9, 10, 18, 20, 21, 22)))
        .containsExactly(
            "at once 1", "at once 2", "at once 2", "wait 1", "wait 2", "spent", "spent");
  }

  @Test
  void onceWaitingOnlyHealthLeadsBackToAtOnce() {
    assertThat(rungs(policy(1, seconds(10), seconds(60)), List.of(0, 1, 40, 50)))
        .containsExactly("at once 1", "wait 1", "spent", "spent");
    assertThat(rungs(policy(1, seconds(10), seconds(60)), List.of(0, 1, 70)))
        .containsExactly("at once 1", "wait 1", "at once 1");
  }

  @Test
  void anIntensityRaisedHighDoesNotRaiseTheNumberOfWaits() {
    assertThat(rungs(policy(1_000, seconds(3_600), seconds(7_200)), times(1_011)))
        .endsWith("wait 10", "spent")
        .filteredOn(rung -> rung.startsWith("at once"))
        .hasSize(1_000);
  }

  @Test
  void theRoomIsWhatTheWindowLeavesAndNothingWhileWaiting() {
    RestartPolicy policy = policy(2, seconds(10), seconds(60));
    Ladder once = Ladder.BOTTOM.restartedAtOnce(policy, START);

    assertThat(Ladder.BOTTOM.room(policy, START)).isEqualTo(2);
    assertThat(once.room(policy, START)).isEqualTo(1);
    assertThat(once.room(policy, START.plusSeconds(10))).isEqualTo(2);
    assertThat(once.waits(policy, START, START.plusSeconds(1)).room(policy, START)).isZero();
  }

  @Test
  void noPeriodEverSeesMoreRestartsAtOnceThanTheIntensity() {
    for (long seed = 0; seed < 2_000; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      RestartPolicy policy =
          policy(
              random.nextInt(5),
              seconds(1 + random.nextInt(100)),
              seconds(1 + random.nextInt(100)));
      List<Instant> atOnce = new ArrayList<>();
      Ladder ladder = Ladder.BOTTOM;
      Instant now = START;
      for (int step = 0; step < 100; step++) {
        now = now.plusSeconds(random.nextInt(20));
        Ladder.Rung rung = ladder.next(policy, 0, random.nextDouble(), now);
        ladder = climbed(ladder, rung, policy, now);
        if (rung instanceof Ladder.Rung.AtOnce) {
          atOnce.add(now);
        }
        Instant from = now.minus(policy.period());
        assertThat(atOnce.stream().filter(moment -> moment.isAfter(from)).count())
            .as("seed %d", seed)
            .isLessThanOrEqualTo(policy.intensity());
      }
    }
  }

  private static List<String> rungs(RestartPolicy policy, List<Integer> failures) {
    List<String> rungs = new ArrayList<>();
    Ladder ladder = Ladder.BOTTOM;
    for (int second : failures) {
      Instant now = START.plusSeconds(second);
      Ladder.Rung rung = ladder.next(policy, 0, 0.5, now);
      ladder = climbed(ladder, rung, policy, now);
      rungs.add(word(rung));
    }
    return rungs;
  }

  private static Ladder climbed(
      Ladder ladder, Ladder.Rung rung, RestartPolicy policy, Instant now) {
    return switch (rung) {
      case Ladder.Rung.AtOnce _ -> ladder.restartedAtOnce(policy, now);
      case Ladder.Rung.AfterWait(Duration delay, _) -> ladder.waits(policy, now, now.plus(delay));
      case Ladder.Rung.Spent() -> ladder;
    };
  }

  private static String word(Ladder.Rung rung) {
    return switch (rung) {
      case Ladder.Rung.AtOnce(int number) -> "at once " + number;
      case Ladder.Rung.AfterWait(_, int number) -> "wait " + number;
      case Ladder.Rung.Spent() -> "spent";
    };
  }

  private static List<Integer> times(int count) {
    return IntStream.range(0, count).boxed().toList();
  }

  private static RestartPolicy policy(int intensity, Duration period, Duration reset) {
    return new RestartPolicy(
        RestartType.PERMANENT,
        Strategy.ONE_FOR_ONE,
        intensity,
        period,
        new BackoffPolicy(seconds(1), 2.0, seconds(30), 0.2, reset));
  }

  private static Duration seconds(int count) {
    return Duration.ofSeconds(count);
  }
}
