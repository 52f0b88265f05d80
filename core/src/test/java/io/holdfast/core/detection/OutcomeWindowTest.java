package io.holdfast.core.detection;

import static io.holdfast.core.fixture.Palette.START;
import static io.holdfast.core.fixture.Palette.web;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.InstanceId;
import io.holdfast.core.balancing.Latencies;
import io.holdfast.core.balancing.Tally;
import io.holdfast.core.detection.Finding.Opinion;
import io.holdfast.core.spec.Thresholds;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When outcomes are evidence enough: a fifth may fail, 99 of 100 within 800 ms, 50 in 10 s. */
final class OutcomeWindowTest {

  private static final Duration WINDOW = Duration.ofSeconds(10);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final InstanceId ONE = web(0, 1);
  private static final InstanceId SIBLING = web(1, 2);

  private OutcomeWindow window = OutcomeWindow.empty(thresholds(0.2));
  private Instant now = START;

  @ParameterizedTest(name = "one balancer saw {0} of {1} fail: {2}")
  @CsvSource({
    // Nothing shows in too few, however badly they went.
    "49, 49, DOUBTFUL",
    "50, 50, EXCEEDS",
    // Above the rate, but that may be chance.
    "17, 50, DOUBTFUL",
    "18, 50, EXCEEDS",
    "43, 120, EXCEEDS",
    "230, 1000, DOUBTFUL",
    "240, 1000, EXCEEDS",
    "10, 50, WELL",
    "0, 1000, WELL",
    // Too few to tell anything at all.
    "2, 2, WELL",
    "3, 3, DOUBTFUL",
  })
  void aRateMustBeSurelyExceeded(int failed, int all, Opinion opinion) {
    sees("a", ONE, failed, all);

    assertThat(opinion(ONE)).isEqualTo(opinion);
  }

  @ParameterizedTest(name = "{0} of {1} were late: {2}")
  @CsvSource({
    "4, 50, DOUBTFUL",
    "5, 50, EXCEEDS",
    "5, 300, DOUBTFUL",
    "18, 1000, DOUBTFUL",
    "22, 1000, EXCEEDS",
    "10, 1000, WELL",
    "0, 1000, WELL",
  })
  void moreThanOneInAHundredMustSurelyBeLate(int late, int all, Opinion opinion) {
    hears("a", new Seen(ONE, new Tally(all, 0), latencies(late, all), 0, Duration.ZERO));

    assertThat(opinion(ONE)).isEqualTo(opinion);
  }

  @Test
  void severalThatAgreeNeedNotBeSureAlone() {
    sees("a", ONE, 10, 25);
    assertThat(opinion(ONE)).isEqualTo(Opinion.DOUBTFUL);

    sees("b", ONE, 12, 30);
    assertThat(opinion(ONE)).isEqualTo(Opinion.EXCEEDS);
    assertThat(evidence(ONE))
        .isEqualTo("22 of 55 requests failed within 10s, seen by 2 balancers (errorRate: 0.2)");
  }

  @Test
  void oneThatAloneSeesItFailIsOutvoted() {
    sees("a", ONE, 100, 100);
    sees("b", ONE, 0, 10);

    assertThat(opinion(ONE)).isEqualTo(Opinion.DOUBTFUL);
  }

  @Test
  void theMajorityOfThoseWhoSeeEnoughIsBelieved() {
    sees("a", ONE, 60, 60);
    sees("b", ONE, 60, 60);
    sees("c", ONE, 0, 60);
    assertThat(opinion(ONE)).isEqualTo(Opinion.EXCEEDS);

    sees("d", ONE, 0, 60);
    assertThat(opinion(ONE)).isEqualTo(Opinion.DOUBTFUL);
  }

  @Test
  void oneThatAloneSeesItFailNeedsEnoughRequestsOfItsOwn() {
    sees("a", ONE, 48, 48);
    sees("b", ONE, 1, 5);

    assertThat(opinion(ONE)).isEqualTo(Opinion.DOUBTFUL);
  }

  @Test
  void whereABalancerKeepsItOutWhatItSendsToTheServiceStandsForWhatItWouldHaveSent() {
    hears("a", failing(ONE, 10, 1, SECOND));
    sees("a", SIBLING, 0, 60);
    passes(6, "a", ONE, 1);
    assertThat(opinion(ONE))
        .as("the first time: it may be a moment's weakness")
        .isNotEqualTo(Opinion.EXCEEDS);

    hears("a", failing(ONE, 1, 2, SECOND));
    assertThat(opinion(ONE)).isEqualTo(Opinion.EXCEEDS);
    assertThat(evidence(ONE))
        .isEqualTo(
            "11 of 11 requests failed within 10s, seen by 1 balancer, avoided by 1 balancer"
                + " (errorRate: 0.2)");
  }

  @Test
  void aBalancerWithFewRequestsShowsNothingBecauseItKeepsItOut() {
    hears("a", failing(ONE, 10, 2, SECOND));
    sees("a", SIBLING, 0, 39);
    passes(6, "a", ONE, 2);

    assertThat(opinion(ONE)).isEqualTo(Opinion.DOUBTFUL);
  }

  @Test
  void anInstanceThatWasOutForLessThanHalfTheWindowIsJudgedByItsOwnRequests() {
    hears("a", failing(ONE, 10, 2, SECOND));
    sees("a", SIBLING, 0, 500);
    passes(4, "a", ONE, 2);
    assertThat(opinion(ONE)).isEqualTo(Opinion.DOUBTFUL);

    passes(1, "a", ONE, 2);
    assertThat(opinion(ONE)).isEqualTo(Opinion.EXCEEDS);
  }

  @Test
  void whatIsBackInIsNotKeptOut() {
    hears("a", failing(ONE, 10, 2, SECOND));
    sees("a", SIBLING, 0, 500);
    passes(6, "a", ONE, 2);

    hears("a", failing(ONE, 0, 0, Duration.ZERO));

    assertThat(opinion(ONE)).isEqualTo(Opinion.DOUBTFUL);
  }

  @Test
  void whatMayBeOlderThanTheWindowCountsNoMore() {
    sees("a", ONE, 50, 50);
    now = now.plus(WINDOW).minus(SECOND);
    assertThat(opinion(ONE)).as("of the second before it was told").isEqualTo(Opinion.EXCEEDS);

    now = now.plusMillis(1);
    assertThat(window.findings(now)).isEmpty();
  }

  @Test
  void whatCouldNotBeToldInTimeIsAsOldAsItsBeginning() {
    Outcomes late =
        new Outcomes("a", Duration.ofSeconds(8), List.of(failing(ONE, 50, 0, Duration.ZERO)));
    window = window.heard(late, now);

    now = now.plusSeconds(2);
    assertThat(opinion(ONE)).isEqualTo(Opinion.EXCEEDS);
    now = now.plusMillis(1);
    assertThat(window.findings(now)).isEmpty();
  }

  @Test
  void itSlidesAndKeepsNoMoreThanItNeeds() {
    IntStream.range(0, 1_000)
        .forEach(
            _ -> {
              now = now.plusMillis(100);
              sees("a", ONE, 1, 1);
            });

    assertThat(window.slices()).hasSizeLessThanOrEqualTo(11);
    assertThat(evidence(ONE)).startsWith("91 of 91 requests failed within 10s");
  }

  @Test
  void aReportOverMoreThanTheWindowIsNoEvidence() {
    window =
        window.heard(
            new Outcomes("a", WINDOW.plusMillis(1), List.of(failing(ONE, 100, 0, Duration.ZERO))),
            now);

    assertThat(window.findings(now)).isEmpty();
  }

  @Test
  void noMoreIsCountedThanFits() {
    List<Seen> many =
        IntStream.range(0, OutcomeWindow.MOST_SAMPLES + 10)
            .mapToObj(slot -> failing(web(slot, slot + 1), 1, 0, Duration.ZERO))
            .toList();

    hears("a", many.toArray(Seen[]::new));
    hears("a", many.toArray(Seen[]::new));

    assertThat(window.findings(now)).hasSize(OutcomeWindow.MOST_SAMPLES);
  }

  @Test
  void aRateOfOneIsNeverExceeded() {
    window = OutcomeWindow.empty(thresholds(1));
    sees("a", ONE, 1_000_000, 1_000_000);

    assertThat(opinion(ONE)).isEqualTo(Opinion.WELL);
  }

  private void sees(String observer, InstanceId instance, int failed, int all) {
    Tally tally = new Tally(all - failed, failed);
    hears(observer, new Seen(instance, tally, latencies(0, all), 0, Duration.ZERO));
  }

  private static Seen failing(InstanceId instance, int failed, int ejections, Duration ejected) {
    return new Seen(instance, new Tally(0, failed), Latencies.NONE, ejections, ejected);
  }

  /** Second by second the balancer has it out, and sends nothing to it. */
  private void passes(int seconds, String observer, InstanceId instance, int ejections) {
    for (int i = 0; i < seconds; i++) {
      now = now.plus(SECOND);
      hears(observer, failing(instance, 0, ejections, SECOND));
    }
  }

  private void hears(String observer, Seen... seen) {
    window = window.heard(new Outcomes(observer, SECOND, List.of(seen)), now);
  }

  private Opinion opinion(InstanceId instance) {
    return Findings.of(instance, window, now).opinion();
  }

  private String evidence(InstanceId instance) {
    return Findings.of(instance, window, now).evidence();
  }

  private static Latencies latencies(int late, int all) {
    int quick = Latencies.bucket(Duration.ofMillis(20).toNanos());
    int slow = Latencies.bucket(Duration.ofSeconds(2).toNanos());
    return Latencies.read(bucket -> bucket == quick ? all - late : bucket == slow ? late : 0);
  }

  private static Thresholds thresholds(double rate) {
    return new Thresholds(
        OptionalDouble.of(rate),
        Optional.of(Duration.ofMillis(800)),
        WINDOW,
        50,
        Thresholds.Response.ISOLATE);
  }
}
