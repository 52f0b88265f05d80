package io.holdfast.core.balancing;

import static io.holdfast.core.balancing.Conducts.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.balancing.SelfDoubt.Impression;
import io.holdfast.core.routing.EndpointState;
import io.holdfast.core.spec.OutlierPolicy;
import io.holdfast.core.spec.TryTimeout;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is read off the figures before anything is decided. */
final class SightTest {

  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  @ParameterizedTest
  @CsvSource({
    "OK, none, false, WELL",
    "OK, returned, false, WELL",
    "OK, slow, false, SUSPECT",
    "OK, slow, true, WELL",
    "OK, on trial, false, SUSPECT",
    "OK, refusing, false, UNREACHABLE",
    "OK, refusing, true, UNREACHABLE",
    "SUSPECT, none, false, SUSPECT",
    "SUSPECT, none, true, WELL",
    "DRAINING, none, true, DRAINING",
    "DRAINING, slow, true, DRAINING"
  })
  void aRankComesFromTheViewAndFromWhatWasSeen(
      EndpointState state, String standing, boolean isShort, Rank rank) {
    Map<String, Standing> standings =
        Map.of(
            "none", new Standing.Trusted(),
            "returned", new Standing.Returned(1, 0),
            "slow", new Standing.Ejected(EjectionReason.LATENCY, 1, 0),
            "refusing", new Standing.Ejected(EjectionReason.CONNECT, 1, 0),
            "on trial", new Standing.OnTrial(EjectionReason.FAILURE_RATE, 1, 0));

    assertThat(Rank.of(state, Objects.requireNonNull(standings.get(standing)), isShort))
        .isEqualTo(rank);
  }

  @Test
  void aTrialIsForOneRequestThatCanBeRepeatedAndAfterAWhileForAny() {
    Duration longest = Duration.ofSeconds(5);
    TrialPermit free = new TrialPermit.Free(0);
    assertThat(free.mayTake(true, longest, 0)).isTrue();
    assertThat(free.mayTake(false, longest, 2 * SECOND)).isFalse();
    assertThat(free.mayTake(false, longest, 2 * SECOND + 1)).isTrue();

    TrialPermit taken = new TrialPermit.Taken(0);
    assertThat(taken.mayTake(true, longest, 5 * SECOND)).isFalse();
    assertThat(taken.mayTake(true, longest, 5 * SECOND + 1)).isTrue();

    assertThat(new TrialPermit.None().mayTake(true, longest, SECOND)).isFalse();
    assertThat(new TrialPermit.Decided(true).mayTake(true, longest, SECOND)).isFalse();
  }

  @Test
  void itIsTheBalancerWhenMostOfSeveralServicesFailFromHere() {
    Impression fails = new Impression(3, 4);
    Impression works = new Impression(1, 4);
    Impression unknown = new Impression(0, 0);

    assertThat(SelfDoubt.from(List.of(fails, fails, works))).isTrue();
    assertThat(SelfDoubt.from(List.of(fails, fails, unknown, unknown, unknown))).isTrue();
    assertThat(SelfDoubt.from(List.of(fails))).isFalse();
    assertThat(SelfDoubt.from(List.of(fails, fails, works, works))).isFalse();
    assertThat(SelfDoubt.from(List.of())).isFalse();
  }

  @Test
  void endpointsThatAreOutCountAsFailingUnlessTheyAreOnlyWorseThanOthers() {
    Ejections out =
        new Ejections(
            new TreeMap<>(
                Map.of(
                    id(0), new Standing.Ejected(EjectionReason.CONNECT, 1, 9),
                    id(1), new Standing.Ejected(EjectionReason.LATENCY, 1, 9))));
    List<Conduct> all =
        List.of(Conducts.idle(0), Conducts.idle(1), Conducts.of(2, 0, 20), Conducts.of(3, 50, 0));

    assertThat(Impression.of(all, out, OutlierPolicy.DEFAULT)).isEqualTo(new Impression(2, 3));
  }

  @Test
  void whatRespondsIsReachedHoweverBadItsResponsesAre() {
    List<Conduct> all =
        List.of(
            Conducts.responding(Conducts.of(0, 0, 50)), Conducts.responding(Conducts.of(1, 0, 50)));

    assertThat(Impression.of(all, Ejections.NONE, OutlierPolicy.DEFAULT))
        .isEqualTo(new Impression(0, 2));
  }

  @Test
  void aQuantileIsTheSmallestBucketThatHoldsEnough() {
    Random random = new Random(5);
    for (int round = 0; round < 300; round++) {
      long[] nanos =
          random
              .longs(1 + random.nextInt(200), 1_000, Duration.ofSeconds(30).toNanos())
              .map(one -> one >> random.nextInt(15))
              .toArray();
      double share = random.nextDouble();
      long[] sorted = nanos.clone();
      Arrays.sort(sorted);
      double exact = sorted[Math.max(0, (int) Math.ceil(share * nanos.length) - 1)];

      double told = Conducts.latencies(nanos).within(share);

      assertThat(told).isGreaterThanOrEqualTo(exact);
      assertThat(told).isLessThanOrEqualTo(Math.max(1_280, exact * 1.25));
    }
    assertThat(Latencies.NONE.within(0.99)).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "auto, 5s, 0, 2s, of an unknown service two tries and a rest",
    "auto, 1s, 0, 1s, but not too short a time",
    "auto, 5s, 1, 100ms, four times nothing is too little",
    "auto, 5s, 50, 200ms, four times what is usual",
    "auto, 5s, 4000, 5s, never more than there is",
    "30ms, 5s, 50, 30ms, as was said",
    "9s, 5s, 50, 5s, never more than there is"
  })
  void aTryGoesOnForSoLong(String policy, String whole, int usual, String limit, String because) {
    TryTimeout timeout =
        policy.equals("auto") ? new TryTimeout.Learned() : new TryTimeout.Fixed(duration(policy));

    assertThat(TryLimit.of(timeout, duration(whole), usual * 1e6))
        .as(because)
        .isEqualTo(duration(limit));
  }

  @Test
  void whatIsUsualIsNotMovedByOneSlowEndpointAndIsByMostOfThem() {
    Conduct fast = Conducts.taking(0, 100, 0, Duration.ofMillis(1));
    Conduct slow = Conducts.taking(1, 100, 0, Duration.ofMillis(200));

    assertThat(usual(fast, fast, slow)).isLessThan(2e6);
    assertThat(usual(fast, slow)).as("of two the faster").isLessThan(2e6);
    assertThat(usual(fast, slow, slow)).isBetween(200e6, 250e6);
    assertThat(usual(Conducts.of(0, 19, 0))).isEqualTo(TryLimit.UNKNOWN);
  }

  @Test
  void whatWasGivenUpIsNotUsualHoweverOftenItHappens() {
    Totals seen =
        new Totals(
            new Tally(100, 60),
            Conducts.totals(100, 0, Duration.ofMillis(2))
                .latencies()
                .plus(Conducts.totals(60, 0, Duration.ofMillis(400)).latencies()));

    assertThat(usual(Conducts.having(0, seen))).isLessThan(3e6);
  }

  @Test
  void whatWasUsualIsKeptWhileNothingElseIsKnown() {
    assertThat(TryLimit.usual(List.of(Conducts.of(0, 19, 0)), 7e6)).isEqualTo(7e6);
    assertThat(TryLimit.usual(List.of(), 7e6)).isEqualTo(7e6);
  }

  private static double usual(Conduct... conducts) {
    return TryLimit.usual(List.of(conducts), TryLimit.UNKNOWN);
  }

  private static Duration duration(String text) {
    return text.endsWith("ms")
        ? Duration.ofMillis(Integer.parseInt(text.substring(0, text.length() - 2)))
        : Duration.ofSeconds(Integer.parseInt(text.substring(0, text.length() - 1)));
  }

  @Test
  void demandIsTheRequestsOfASecondTimesWhatEachTakesAndNotWhatHangs() {
    assertThat(
            Demand.of(
                List.of(
                    Conducts.taking(0, 300, 0, Duration.ofMillis(100)),
                    Conducts.taking(1, 100, 50, Duration.ofMillis(100)),
                    Conducts.idle(2))))
        .isBetween(40.0, 50.0);
    assertThat(Demand.of(List.of(Conducts.idle(0)))).isZero();
  }

  @Test
  void theWindowHoldsBetweenOneAndTwoPeriods() {
    RollingTotals rolling = RollingTotals.from(Duration.ofSeconds(1), Totals.NONE, 0);
    for (int tenth = 0; tenth <= 100; tenth++) {
      Totals now = Conducts.totals(tenth, 0, Duration.ofMillis(1));
      rolling = rolling.at(now, tenth * SECOND / 10);
      long answered = rolling.since(now).tally().answered();
      assertThat(answered).isBetween(Math.min(tenth, 10L), Math.min(tenth, 20L));
    }
  }
}
