package io.holdfast.balancer.gateway;

import static io.holdfast.client.fixture.Views.endpoint;
import static io.holdfast.client.fixture.Views.suspect;
import static io.holdfast.client.fixture.Views.web;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.spec.BalancingPolicy;
import io.holdfast.core.spec.Hedging;
import io.holdfast.core.spec.RetryPolicy;
import io.holdfast.core.spec.RoutingPolicy;
import io.holdfast.core.spec.TryTimeout;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A second try beside one that takes long. */
final class HedgingTest {

  private static final Duration DELAY = Duration.ofMillis(1);
  private static final Hedging SOON = new Hedging.After(DELAY);
  private static final String HEDGED =
      "holdfast_gateway_retries_total{reason=\"hedge\",service=\"web\"} 1.0";

  private static final RoutingPolicy HASTY =
      Setup.IN_TURN.with(new TryTimeout.Fixed(Duration.ofMillis(50)));

  @TempDir Path data;

  private final CountDownLatch go = new CountDownLatch(1);

  @Test
  void theEarlierAnswerOfTwoIsTaken() throws Exception {
    try (Backend slow = Backend.hangingUntil(go, "slow");
        Backend good = Backend.saying("good");
        Setup setup = Setup.of(data, hedging(0.2, 10), slow, good)) {
      Message answer = askFirst(setup, slow, RawClient.get("/"));
      assertThat(answer.text()).isEqualTo("good");
      assertThat(answer.header("X-Holdfast-Attempts")).contains("2");
      assertThat(setup.metrics()).contains(HEDGED);
      go.countDown();
    }
  }

  @Test
  void oneThatIsOvertakenIsKnownToBeSlowAndIsHardlyAskedAnyMore() throws Exception {
    try (Backend slow = Backend.hangingUntil(go, "slow");
        Backend good = Backend.saying("good");
        Setup setup = Setup.of(data, byLatency(), slow, good)) {
      askFirst(setup, slow, RawClient.get("/"));
      int before = slow.requests();
      for (int i = 0; i < 50; i++) {
        assertThat(RawClient.ask(setup.address(), RawClient.get("/")).text()).isEqualTo("good");
      }
      assertThat(slow.requests() - before).isLessThan(10);
      go.countDown();
    }
  }

  @Test
  void aSecondTryThatFailsLeavesTheFirstToItself() throws Exception {
    try (Backend slow = Backend.hangingUntil(go, "slow");
        Backend failing =
            Backend.that(
                (request, socket, out) -> {
                  Backend.respond(out, "503 Busy", "sorry");
                  go.countDown();
                });
        Setup setup = Setup.of(data, hedging(0.2, 10), slow, failing)) {
      Message answer = askFirst(setup, slow, RawClient.get("/"));
      assertThat(answer.text()).isEqualTo("slow");
      assertThat(answer.header("X-Holdfast-Attempts")).contains("2");
    }
  }

  @Test
  void aFirstTryThatFailsLeavesTheSecondToItself() throws Exception {
    CountDownLatch second = new CountDownLatch(1);
    try (Backend failing =
            Backend.that(
                (request, socket, out) -> {
                  Backend.await(second);
                  Backend.respond(out, "503 Busy", "sorry");
                  go.countDown();
                });
        Backend good =
            Backend.that(
                (request, socket, out) -> {
                  second.countDown();
                  Backend.await(go);
                  Backend.respond(out, "200 OK", "good");
                });
        Setup setup = Setup.of(data, hedging(0.2, 10), failing, good)) {
      Message answer = RawClient.ask(setup.address(), RawClient.get("/"));
      assertThat(answer.text()).isEqualTo("good");
    }
  }

  @Test
  void whenTheOnlyWellInstanceHangsADoubtfulOneIsAskedBesideIt() throws Exception {
    try (Backend hanging = Backend.hangingUntil(go, "late");
        Backend doubtful = Backend.saying("good");
        Setup setup =
            Setup.with(
                data,
                web(
                    HASTY,
                    endpoint(0, 1, hanging.port()),
                    suspect(endpoint(1, 2, doubtful.port()))))) {
      Message answer = RawClient.ask(setup.address(), RawClient.get("/"));
      assertThat(answer.text()).isEqualTo("good");
      assertThat(answer.header("X-Holdfast-Attempts")).contains("2");
      go.countDown();
    }
  }

  @Test
  void theLateAnswerOfTheOnlyWellInstanceIsTakenWhenTheDoubtfulOneHasNone() throws Exception {
    try (Backend late = Backend.hangingUntil(go, "late");
        Backend bad =
            Backend.that(
                (request, socket, out) -> {
                  Backend.respond(out, "503 Busy", "sorry");
                  go.countDown();
                });
        Setup setup =
            Setup.with(
                data,
                web(HASTY, endpoint(0, 1, late.port()), suspect(endpoint(1, 2, bad.port()))))) {
      assertThat(RawClient.ask(setup.address(), RawClient.get("/")).text()).isEqualTo("late");
    }
  }

  @Test
  void thereIsNoneWithoutABudget() throws Exception {
    assertAskedOnce(hedging(0, 0), RawClient.get("/"));
  }

  @Test
  void thereIsNoneOfWhatMayNotBeCarriedOutTwice() throws Exception {
    assertAskedOnce(hedging(0.2, 10), RawClient.withBody("POST", "x"));
  }

  /** By both instances, in whatever order: each takes much longer than the delay. */
  private void assertAskedOnce(RoutingPolicy policy, String request) throws Exception {
    AtomicInteger asked = new AtomicInteger();
    Backend.Script script =
        (message, socket, out) -> {
          asked.incrementAndGet();
          long end = System.nanoTime() + 100 * DELAY.toNanos();
          while (System.nanoTime() < end) {
            Thread.onSpinWait();
          }
          Backend.respond(out, "200 OK", "slow");
        };
    try (Backend one = Backend.that(script);
        Backend two = Backend.that(script);
        Setup setup = Setup.of(data, policy, one, two)) {
      assertThat(RawClient.ask(setup.address(), request).text()).isEqualTo("slow");
      assertThat(asked).hasValue(1);
    }
  }

  private static RoutingPolicy hedging(double budget, int minPerSecond) {
    return Setup.policy(
        Duration.ofSeconds(20), new RetryPolicy(2, budget, minPerSecond).with(SOON));
  }

  private static RoutingPolicy byLatency() {
    return RoutingPolicy.of(
        BalancingPolicy.P2C_EWMA,
        Optional.empty(),
        Duration.ofSeconds(20),
        Duration.ofMillis(250),
        new RetryPolicy(2, 0.2, 1_000).with(new Hedging.After(Duration.ofMillis(50))));
  }

  /** Asks until the request goes to that one first. */
  private static Message askFirst(Setup setup, Backend first, String request) throws Exception {
    Message answer = RawClient.ask(setup.address(), request);
    while (first.requests() == 0) {
      answer = RawClient.ask(setup.address(), request);
    }
    return answer;
  }
}
