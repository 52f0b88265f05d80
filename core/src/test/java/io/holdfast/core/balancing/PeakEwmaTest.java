package io.holdfast.core.balancing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class PeakEwmaTest {

  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1_000 * MILLI;

  @Test
  void nothingIsKnownBeforeTheFirstAnswer() {
    assertThat(PeakEwma.latency(PeakEwma.UNKNOWN, 5 * SECOND)).isZero();
  }

  @Test
  void risesAtOnceToAPeak() {
    long estimate = PeakEwma.observe(PeakEwma.UNKNOWN, MILLI, false, SECOND);
    estimate = PeakEwma.observe(estimate, 80 * MILLI, false, SECOND);

    assertThat(PeakEwma.latency(estimate, SECOND)).isCloseTo(80e6, within(10.0));
  }

  @Test
  void sinksToOneInETwoSecondsAfterAPeak() {
    long estimate = PeakEwma.observe(PeakEwma.UNKNOWN, 80 * MILLI, false, SECOND);

    assertThat(PeakEwma.latency(estimate, 3 * SECOND)).isCloseTo(80e6 / Math.E, within(10.0));
  }

  @Test
  void aFastFailureCostsHalfASecondAndASlowOneWhatItTook() {
    long fast = PeakEwma.observe(PeakEwma.UNKNOWN, MILLI, true, SECOND);
    long slow = PeakEwma.observe(PeakEwma.UNKNOWN, 2 * SECOND, true, SECOND);

    assertThat(PeakEwma.latency(fast, SECOND)).isCloseTo(500e6, within(50.0));
    assertThat(PeakEwma.latency(slow, SECOND)).isCloseTo(2e9, within(200.0));
  }

  @Test
  void oneFailureCostsAQuickEndpointNoMoreThanADozenSeconds() {
    long estimate = PeakEwma.observe(PeakEwma.UNKNOWN, MILLI, true, SECOND);

    assertThat(PeakEwma.latency(estimate, 14 * SECOND)).isLessThan(MILLI);
  }

  @Test
  void agreesWithTheObviousVersionOverAnySamples() {
    Random random = new Random(7);
    long estimate = PeakEwma.UNKNOWN;
    double cost = 0;
    long stamp = 0;
    long now = SECOND;
    for (int i = 0; i < 5_000; i++) {
      now += random.nextInt(3_000) * MILLI;
      long took = (1 + random.nextInt(500)) * MILLI;
      boolean failed = random.nextInt(10) == 0;
      double sample = failed ? Math.max((double) took, 500e6) : took;
      double w = Math.exp(-(now - stamp) / 2e9);
      cost = sample > cost ? sample : cost * w + sample * (1 - w);
      stamp = now;
      estimate = PeakEwma.observe(estimate, took, failed, now);

      assertThat(PeakEwma.latency(estimate, now)).isCloseTo(cost, within(cost / 10_000));
    }
  }

  @Test
  void aClockThatStartedBelowZeroOrWrapsIsNoTrouble() {
    long wrap = (1L << 32) * MILLI;
    long before = PeakEwma.observe(PeakEwma.UNKNOWN, 80 * MILLI, false, wrap - SECOND);
    long negative = PeakEwma.observe(PeakEwma.UNKNOWN, 80 * MILLI, false, -5 * SECOND);

    assertThat(PeakEwma.latency(before, wrap + SECOND)).isCloseTo(80e6 / Math.E, within(10.0));
    assertThat(PeakEwma.latency(negative, -3 * SECOND)).isCloseTo(80e6 / Math.E, within(10.0));
  }

  @Test
  void theTableOfDecaysAgreesWithTheExponential() {
    long estimate = PeakEwma.observe(PeakEwma.UNKNOWN, 1_000_000_000, false, 0);
    for (long millis = 1; millis < 32_000; millis += 7) {
      assertThat(PeakEwma.latency(estimate, millis * 1_000_000) / 1e9)
          .isCloseTo(Math.exp(-millis / 2_000.0), withinPercentage(0.001));
    }
  }

  @Test
  void whatHasSunkToNothingSinksNoFurtherSoThatItIsNotTakenForUnknown() {
    long estimate = PeakEwma.observe(PeakEwma.UNKNOWN, 1_000_000_000, false, 0);
    double afterAMinute = PeakEwma.latency(estimate, 60 * SECOND);

    assertThat(afterAMinute).isPositive().isLessThan(200);
    assertThat(PeakEwma.latency(estimate, 3 * 24 * 3_600 * SECOND)).isEqualTo(afterAMinute);
  }

  @Test
  void anEndpointThatHangsIsSlowBeforeAnythingIsGivenUp() {
    long second = 1_000_000_000;
    long fast = PeakEwma.observe(PeakEwma.UNKNOWN, 1_000_000, false, 0);

    assertThat(PeakEwma.latency(fast, second - 500_000, second))
        .isEqualTo(PeakEwma.latency(fast, second));
    assertThat(PeakEwma.latency(fast, second - 5_000_000, second)).isEqualTo(5_000_000);
    assertThat(PeakEwma.latency(PeakEwma.UNKNOWN, 0, second))
        .as("one that never answered stays unproven")
        .isZero();
  }
}
