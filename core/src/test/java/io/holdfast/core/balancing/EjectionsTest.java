package io.holdfast.core.balancing;

import static io.holdfast.core.balancing.Conducts.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.Decision;
import io.holdfast.core.balancing.Conduct.TrialResult;
import io.holdfast.core.balancing.Ejections.Ejection;
import io.holdfast.core.balancing.Ejections.Sight;
import io.holdfast.core.spec.OutlierPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class EjectionsTest {

  private static final OutlierPolicy POLICY = OutlierPolicy.DEFAULT;
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  @Test
  void anOutlierIsOutThenTriedOnceThenBack() {
    Ejections out = after(Ejections.NONE, 0, failing(0), well(1)).state();
    assertThat(out.of(id(0)))
        .isEqualTo(new Standing.Ejected(EjectionReason.FAILURE_RATE, 1, 5 * SECOND));
    assertThat(out.of(id(1))).isEqualTo(new Standing.Trusted());

    assertThat(after(out, 5 * SECOND - 1, Conducts.idle(0), well(1)).state()).isEqualTo(out);

    Ejections trial = after(out, 5 * SECOND, Conducts.idle(0), well(1)).state();
    assertThat(trial.of(id(0))).isInstanceOf(Standing.OnTrial.class);
    assertThat(after(trial, 9 * SECOND, Conducts.idle(0), well(1)).state()).isEqualTo(trial);

    Ejections back = after(trial, 9 * SECOND, Conducts.tried(0, TrialResult.WON), well(1)).state();
    assertThat(back.of(id(0))).isEqualTo(new Standing.Returned(1, 9 * SECOND));
  }

  @Test
  void eachTimeInARowIsTwiceAsLongUpToTheLongest() {
    Ejections ejections = after(Ejections.NONE, 0, failing(0), well(1)).state();
    long now = 0;
    List<Long> seconds = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      now += 100 * SECOND;
      ejections = after(ejections, now, Conducts.idle(0), well(1)).state();
      Decision<Ejections, Ejection> lost =
          after(ejections, now, Conducts.tried(0, TrialResult.LOST), well(1));
      ejections = lost.state();
      seconds.add(lost.effects().getFirst().time().toSeconds());
    }

    assertThat(seconds).containsExactly(10L, 20L, 40L, 60L, 60L, 60L);
  }

  @Test
  void whoDoesWellForTheLongestTimeStartsAgainFromTheShortest() {
    Ejections back = returned(3, 0);

    assertThat(after(back, 50 * SECOND, failing(0), well(1)).effects())
        .containsExactly(ejection(0, Duration.ofSeconds(40)));
    Ejections forgiven = after(back, 61 * SECOND, well(0), well(1)).state();
    assertThat(forgiven.of(id(0))).isEqualTo(new Standing.Trusted());
  }

  @Test
  void chanceMakesItAtMostAFifthShorter() {
    Sight sight = new Sight(List.of(failing(0), well(1)), 0, false, 1.0, 0);

    assertThat(Ejections.NONE.seen(sight, POLICY).effects())
        .containsExactly(ejection(0, Duration.ofSeconds(4)));
  }

  @Test
  void theLastOneStaysWhateverItDoes() {
    assertThat(after(Ejections.NONE, 0, failing(0)).effects()).isEmpty();
    assertThat(after(Ejections.NONE, 0, Conducts.refusing(0, 9)).effects()).isEmpty();
    assertThat(after(Ejections.NONE, 0, failing(0), failing(1), failing(2)).effects()).hasSize(2);
  }

  @Test
  void noMoreAreTakenOutThanTheRestCanBear() {
    List<Conduct> all = List.of(failing(0), failing(1), Conducts.refusing(2, 5), well(3), well(4));
    double demand = 2.5 * Conducts.CAPACITY;

    Decision<Ejections, Ejection> decision =
        Ejections.NONE.seen(new Sight(all, demand, false, 0, 0), POLICY);

    assertThat(decision.effects())
        .as("the one that takes no connections bears nothing anyway, and goes first")
        .extracting(Ejection::instance)
        .containsExactly(id(2), id(0));
    assertThat(decision.state().suffices(all, demand)).isTrue();
    assertThat(decision.state().suffices(all, 3 * Conducts.CAPACITY)).isFalse();
  }

  @Test
  void aBalancerThatDoubtsItselfTakesNobodyOutAndCountsNoLostTrial() {
    assertThat(doubting(Ejections.NONE, failing(0), well(1)).effects()).isEmpty();

    Ejections out = after(Ejections.NONE, 0, failing(0), well(1)).state();
    Ejections trial = after(out, 9 * SECOND, Conducts.idle(0), well(1)).state();
    assertThat(doubting(trial, Conducts.tried(0, TrialResult.LOST), well(1)).effects())
        .containsExactly(ejection(0, Duration.ofSeconds(5)));
  }

  @Test
  void whatLeavesTheViewIsForgotten() {
    Ejections out = after(Ejections.NONE, 0, failing(0), well(1)).state();

    assertThat(after(out, 1, well(1)).state()).isEqualTo(Ejections.NONE);
  }

  @Test
  void inAnyLifeSomeoneStaysInAndOutTimesKeepTheirBounds() {
    Random random = new Random(20261126);
    for (int life = 0; life < 100; life++) {
      int count = 1 + random.nextInt(6);
      Ejections ejections = Ejections.NONE;
      long now = random.nextLong();
      for (int step = 0; step < 60; step++) {
        now += random.nextLong(20 * SECOND);
        double demand = random.nextDouble() * count * Conducts.CAPACITY;
        List<Conduct> all = IntStream.range(0, count).mapToObj(i -> any(i, random)).toList();
        Sight sight = new Sight(all, demand, random.nextInt(4) == 0, random.nextDouble(), now);
        Ejections before = ejections;
        Decision<Ejections, Ejection> decision = before.seen(sight, POLICY);
        ejections = decision.state();
        assertThat(ejections.standings().values().stream().filter(EjectionsTest::isOut).count())
            .isLessThan(count);
        assertThat(decision.effects())
            .allMatch(one -> one.time().compareTo(POLICY.maxEjection()) <= 0)
            .allMatch(one -> one.time().toMillis() >= 4_000);
        boolean tookIn =
            decision.effects().stream()
                .anyMatch(
                    one ->
                        !isOut(before.of(one.instance()))
                            && one.reason() != EjectionReason.CONNECT);
        assertThat(tookIn && !ejections.suffices(all, demand)).isFalse();
      }
    }
  }

  private static Decision<Ejections, Ejection> after(Ejections now, long nanos, Conduct... all) {
    return now.seen(new Sight(Stream.of(all).toList(), 0, false, 0, nanos), POLICY);
  }

  private static Decision<Ejections, Ejection> doubting(Ejections now, Conduct... all) {
    return now.seen(new Sight(Stream.of(all).toList(), 0, true, 0, 9 * SECOND), POLICY);
  }

  private static Ejections returned(int times, long since) {
    return new Ejections(new TreeMap<>(Map.of(id(0), new Standing.Returned(times, since))));
  }

  private static Ejection ejection(int slot, Duration time) {
    return new Ejection(id(slot), EjectionReason.FAILURE_RATE, time);
  }

  private static Conduct any(int slot, Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> failing(slot);
      case 1 -> Conducts.refusing(slot, random.nextInt(5));
      case 2 -> Conducts.idle(slot);
      case 3 -> Conducts.tried(slot, List.of(TrialResult.values()).get(random.nextInt(3)));
      case 4 -> Conducts.of(slot, random.nextInt(100), random.nextInt(100));
      default -> well(slot);
    };
  }

  private static boolean isOut(Standing standing) {
    return standing instanceof Standing.Ejected || standing instanceof Standing.OnTrial;
  }

  private static Conduct failing(int slot) {
    return Conducts.of(slot, 0, 20);
  }

  private static Conduct well(int slot) {
    return Conducts.of(slot, 100, 0);
  }
}
