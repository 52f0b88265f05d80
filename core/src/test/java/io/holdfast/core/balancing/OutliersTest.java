package io.holdfast.core.balancing;

import static io.holdfast.core.balancing.Conducts.id;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.holdfast.core.InstanceId;
import io.holdfast.core.spec.OutlierPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OutliersTest {

  @ParameterizedTest
  @CsvSource({"2, false", "3, true", "4, true"})
  void soManyConnectionsRefusedInARowAreEnough(int times, boolean enough) {
    assertThat(found(Conducts.refusing(0, times)).containsValue(EjectionReason.CONNECT))
        .isEqualTo(enough);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 9, false, too few to tell",
    "0, 10, true, all of enough",
    "2, 8, false, 80 % of ten may be chance",
    "1, 9, true, 90 % of ten may not",
    "20, 80, true, 80 % of a hundred",
    "45, 55, false, 55 % of a hundred may be 45 %",
    "450, 550, true, of a thousand it may not",
    "500, 500, false, at the limit is not above it"
  })
  void aFailureRateCountsOnceItIsSurelyExceeded(
      int answered, int failed, boolean out, String because) {
    assertThat(found(Conducts.of(0, answered, failed)).containsValue(EjectionReason.FAILURE_RATE))
        .as(because)
        .isEqualTo(out);
  }

  @Test
  void aLongGoodRecordDoesNotHideWhatFailsNow() {
    assertThat(found(Conducts.lately(0, 1, 20))).containsOnly(out(0, EjectionReason.FAILURE_RATE));
  }

  @Test
  void aFailureRateOfOneTurnsThatReasonOff() {
    OutlierPolicy none = new OutlierPolicy(3, 1.0, Duration.ofSeconds(1), Duration.ofSeconds(1));

    assertThat(Outliers.among(List.of(Conducts.of(0, 0, 100_000)), none)).isEmpty();
  }

  @Test
  void theOneThatFailsMoreThanItsSiblingsStandsOut() {
    assertThat(found(Conducts.of(0, 70, 30), Conducts.of(1, 99, 1), Conducts.of(2, 98, 2)))
        .containsOnly(out(0, EjectionReason.SUCCESS_RATE));
  }

  @Test
  void whereAllFailAlikeNobodyStandsOut() {
    assertThat(found(Conducts.of(0, 70, 30), Conducts.of(1, 72, 28), Conducts.of(2, 65, 35)))
        .isEmpty();
  }

  @Test
  void almostHalfOfTheFleetCanStandOutTogether() {
    List<Conduct> all = new ArrayList<>();
    IntStream.range(0, 4).forEach(slot -> all.add(Conducts.of(slot, 60, 40)));
    IntStream.range(4, 10).forEach(slot -> all.add(Conducts.of(slot, 100, 0)));

    assertThat(Outliers.among(all, OutlierPolicy.DEFAULT)).hasSize(4);
  }

  @ParameterizedTest
  @CsvSource({"1, 40, true", "1, 19, false", "100, 250, false", "100, 350, true"})
  void theOneThatIsSeveralTimesSlowerAndNoticeablySoStandsOut(int usual, int slow, boolean out) {
    Map<InstanceId, EjectionReason> found =
        found(
            Conducts.taking(0, 100, 0, Duration.ofMillis(slow)),
            Conducts.taking(1, 100, 0, Duration.ofMillis(usual)),
            Conducts.taking(2, 100, 0, Duration.ofMillis(usual)));

    assertThat(found.containsKey(id(0))).isEqualTo(out);
    assertThat(found).doesNotContainKeys(id(1), id(2));
  }

  @Test
  void withOneSiblingItCannotBeToldWhoIsSlow() {
    assertThat(
            found(
                Conducts.taking(0, 100, 0, Duration.ofSeconds(1)),
                Conducts.taking(1, 100, 0, Duration.ofMillis(1))))
        .isEmpty();
  }

  @Test
  void chanceAloneMakesAlmostNobodyAnOutlier() {
    Random random = new Random(20261126);
    int found = 0;
    for (int round = 0; round < 2_000; round++) {
      List<Conduct> all =
          IntStream.range(0, 8)
              .mapToObj(
                  slot -> {
                    int failed = (int) random.doubles(60).filter(p -> p < 0.05).count();
                    return Conducts.of(slot, 60 - failed, failed);
                  })
              .toList();
      found += Outliers.among(all, OutlierPolicy.DEFAULT).size();
    }

    assertThat(found / 16_000.0).isLessThan(0.001);
  }

  @Test
  void theMedianOfTheOthersIsTheMedianWithoutOneself() {
    Random random = new Random(7);
    for (int round = 0; round < 2_000; round++) {
      List<Double> values =
          new ArrayList<>(
              random
                  .doubles(2 + random.nextInt(9))
                  .map(v -> Math.round(v * 8))
                  .sorted()
                  .boxed()
                  .toList());
      double[] all = values.stream().mapToDouble(v -> v).toArray();
      double one = values.get(random.nextInt(values.size()));
      values.remove(one);

      assertThat(Comparison.medianWithout(all, one))
          .isEqualTo(Comparison.median(values.stream().mapToDouble(v -> v).toArray()));
    }
  }

  /** The interval is where a rate would have to lie for the seen one to be z deviations away. */
  @Test
  void theSureFailureRateIsTheOneThatWouldBeJustThatUnlikely() {
    Random random = new Random(8);
    for (int round = 0; round < 500; round++) {
      int failed = 1 + random.nextInt(50);
      Tally tally = new Tally(random.nextInt(50), failed);
      double n = tally.total();
      double sure = tally.surelyFailing(1.96);

      double away = (failed / n - sure) / Math.sqrt(sure * (1 - sure) / n);

      assertThat(away).isCloseTo(1.96, within(1e-6));
    }
    assertThat(Tally.NONE.surelyFailing(1.96)).isZero();
    assertThat(new Tally(10, 0).surelyFailing(1.96)).isZero();
  }

  private static Map<InstanceId, EjectionReason> found(Conduct... conducts) {
    return Outliers.among(Stream.of(conducts).toList(), OutlierPolicy.DEFAULT).stream()
        .collect(toMap(one -> one.conduct().instance(), Outliers.Outlier::reason));
  }

  private static Map.Entry<InstanceId, EjectionReason> out(int slot, EjectionReason reason) {
    return Map.entry(id(slot), reason);
  }
}
