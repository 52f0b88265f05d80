package io.holdfast.core.supervision;

import static io.holdfast.core.fixture.Palette.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.spec.BackoffPolicy;
import io.holdfast.core.spec.HoldPolicy;
import io.holdfast.core.spec.RestartPolicy;
import io.holdfast.core.spec.RestartType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The rungs in the order of the failures that lead up them. */
final class LadderTest {

  private static final HoldPolicy HOLD = new HoldPolicy(Duration.ofMinutes(5));

  @Test
  void theRungsAreAtOnceBackoffHold() {
    assertThat(rungs(policy(2, seconds(60), seconds(60)), List.of(0, 1, 2, 3, 4)))
        .containsExactly("at-once", "at-once", "backoff", "backoff", "held");
  }

  @Test
  void theWindowSlides() {
    assertThat(rungs(policy(2, seconds(10), seconds(1000)), List.of(0, 9, 10, 18, 20, 21)))
        .containsExactly("at-once", "at-once", "at-once", "backoff", "backoff", "held");
  }

  @Test
  void onceWaitingOnlyHealthLeadsBackToAtOnce() {
    assertThat(rungs(policy(1, seconds(10), seconds(60)), List.of(0, 1, 40, 70, 131)))
        .containsExactly("at-once", "backoff", "held", "held", "held");
    assertThat(rungs(policy(1, seconds(10), seconds(60)), List.of(0, 1, 70)))
        .containsExactly("at-once", "backoff", "at-once");
  }

  @Test
  void aRungThatIsNotClimbedIsNoStep() {
    Ladder ladder = Ladder.BOTTOM;
    RestartPolicy policy = policy(1, seconds(10), seconds(60));

    assertThat(ladder.after(new Verdict.Expected(), policy, START)).isEqualTo(ladder);
    assertThat(ladder.after(new Verdict.Final(), policy, START)).isEqualTo(ladder);
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
        Verdict verdict = ladder.judge(policy, HOLD, random.nextDouble(), now);
        ladder = ladder.after(verdict, policy, now);
        if (verdict instanceof Verdict.RestartAtOnce) {
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
      Verdict verdict = ladder.judge(policy, HOLD, 0.5, now);
      ladder = ladder.after(verdict, policy, now);
      rungs.add(verdict.rung());
    }
    return rungs;
  }

  private static RestartPolicy policy(int intensity, Duration period, Duration reset) {
    return new RestartPolicy(
        RestartType.PERMANENT,
        intensity,
        period,
        new BackoffPolicy(seconds(1), 2.0, seconds(30), 0.2, reset));
  }

  private static Duration seconds(int count) {
    return Duration.ofSeconds(count);
  }
}
