package io.holdfast.balancer.gateway;

import static io.holdfast.client.fixture.Views.endpoint;
import static io.holdfast.client.fixture.Views.web;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.spec.Hedging;
import io.holdfast.core.spec.RetryOn;
import io.holdfast.core.spec.RetryPolicy;
import io.holdfast.core.spec.RoutingPolicy;
import io.holdfast.core.spec.TryTimeout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RetriesTest {

  private static final RoutingPolicy SHORT =
      Setup.policy(Duration.ofMillis(2_600), new RetryPolicy(2, 0.2, 10));

  /** As long as nothing is known of a service, a try of it goes on for longer than a test. */
  private static final RoutingPolicy PATIENT =
      Setup.policy(Duration.ofMinutes(5), new RetryPolicy(2, 0.2, 10));

  private static final String EJECTED =
      "holdfast_gateway_ejections_total{reason=\"failure-rate\",service=\"web\"} 1.0";

  private static final String WITH_KEY =
      """
      POST / HTTP/1.1\r
      Host: web\r
      Idempotency-Key: 7\r
      Content-Length: 0\r
      \r
      """;

  @TempDir Path data;

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST", "PATCH", "PUT"})
  void aRefusedConnectionIsTriedElsewhereWhateverTheMethod(String method) throws Exception {
    try (Backend good = Backend.saying("good");
        Setup setup =
            Setup.with(
                data,
                web(
                    Setup.IN_TURN,
                    endpoint(0, 1, Setup.deadPort()),
                    endpoint(1, 2, good.port())))) {
      for (int i = 0; i < 4; i++) {
        assertThat(RawClient.ask(setup.address(), RawClient.withBody(method, "body")).text())
            .isEqualTo("good");
        assertThat(good.awaitRequest().text()).isEqualTo("body");
      }
      assertThat(setup.metrics())
          .contains("holdfast_gateway_retries_total{reason=\"connect\",service=\"web\"}");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"500 Oops", "502 Bad", "503 Busy", "504 Late"})
  void aServerErrorIsTriedElsewhereWhenItMayBeRepeated(String status) throws Exception {
    try (Backend bad = Backend.failingWith(status);
        Backend good = Backend.saying("good");
        Setup setup = Setup.of(data, Setup.IN_TURN, bad, good)) {
      for (int i = 0; i < 4; i++) {
        assertThat(RawClient.ask(setup.address(), RawClient.get("/")).text()).isEqualTo("good");
      }
      assertThat(bad.requests()).isPositive();
      Message posted = askUntilSeen(setup, bad, RawClient.withBody("POST", "x"));
      assertThat(posted.start()).endsWith(status);
      assertThat(posted.header("X-Holdfast-Instance")).contains("web/0#1");
    }
  }

  @Test
  void theErrorOfTheLastTryIsPassedOnAsItIs() throws Exception {
    try (Backend one = Backend.failingWith("500 First");
        Backend two = Backend.failingWith("500 Second");
        Setup setup = Setup.of(data, Setup.IN_TURN, one, two)) {
      Message answer = RawClient.ask(setup.address(), RawClient.get("/"));

      assertThat(answer.status()).isEqualTo(500);
      assertThat(answer.text()).isEqualTo("sorry");
      assertThat(answer.header("X-Holdfast-Attempts")).contains("2");
    }
  }

  @Test
  void otherErrorsAreAnswersAndNotTriedAgain() throws Exception {
    try (Backend bad = Backend.failingWith("501 No");
        Setup setup = Setup.of(data, Setup.IN_TURN, bad, bad)) {
      Message answer = RawClient.ask(setup.address(), RawClient.get("/"));

      assertThat(answer.status()).isEqualTo(501);
      assertThat(answer.header("X-Holdfast-Attempts")).contains("1");
    }
  }

  @Test
  void aResetIsTriedElsewhereWhenItMayBeRepeated() throws Exception {
    try (Backend bad = Backend.resetting();
        Backend good = Backend.saying("good");
        Setup setup = Setup.of(data, Setup.IN_TURN, bad, good)) {
      for (int i = 0; i < 4; i++) {
        assertThat(RawClient.ask(setup.address(), RawClient.withBody("PUT", "x")).text())
            .isEqualTo("good");
      }
      assertThat(bad.requests()).isPositive();
    }
  }

  @Test
  void aPostIsNotRepeatedAfterAResetUnlessItCarriesAKey() throws Exception {
    try (Backend bad = Backend.resetting();
        Backend good = Backend.saying("good");
        Setup setup = Setup.of(data, Setup.IN_TURN, bad, good)) {
      assertThat(askUntilSeen(setup, bad, RawClient.withBody("POST", "x")).status()).isEqualTo(502);
      int lost = bad.requests();
      for (int i = 0; i < 4; i++) {
        assertThat(RawClient.ask(setup.address(), WITH_KEY).text()).isEqualTo("good");
      }
      assertThat(bad.requests()).isGreaterThan(lost);
    }
  }

  @Test
  void anAnswerThatBreaksOffIsCutForTheClientToo() throws Exception {
    try (Backend bad =
            Backend.that(
                (request, socket, out) -> {
                  Backend.write(out, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
                  socket.close();
                });
        Setup setup = Setup.of(data, Setup.IN_TURN, bad);
        RawClient client = RawClient.to(setup.address())) {
      client.send(RawClient.get("/"));
      Message head = Message.readHead(client.in());

      assertThat(head.status()).isEqualTo(200);
      assertThat(client.in().readAllBytes().length).isLessThan(100);
      assertThat(bad.requests()).isEqualTo(1);
    }
  }

  @Test
  void nonsenseFromAnInstanceIsAsBadAsAReset() throws Exception {
    try (Backend bad =
            Backend.that((request, socket, out) -> Backend.write(out, "SSH-2.0-OpenSSH\r\n\r\n"));
        Setup setup = Setup.of(data, Setup.IN_TURN, bad)) {
      assertThat(RawClient.ask(setup.address(), RawClient.withBody("POST", "x")).status())
          .isEqualTo(502);
    }
  }

  @Test
  void aHangingInstanceIsLeftForAnotherAndThatOneIsWaitedForWhenItIsTheLast() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    try (Backend hanging = Backend.hangingUntil(never, "late");
        Backend good = Backend.saying("good");
        Setup setup = Setup.of(data, SHORT, hanging, good)) {
      for (int i = 0; i < 2; i++) {
        assertThat(RawClient.ask(setup.address(), RawClient.get("/")).text()).isEqualTo("good");
      }
      assertThat(hanging.requests()).isPositive();
    } finally {
      never.countDown();
    }
  }

  @Test
  void aTryIsGivenUpAfterTheTimeThatThePolicyNames() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    RoutingPolicy fixed = PATIENT.with(new TryTimeout.Fixed(Duration.ofMillis(50)));
    try (Backend hanging = Backend.hangingUntil(never, "late");
        Backend good = Backend.saying("good");
        Setup setup = Setup.of(data, fixed, hanging, good)) {
      for (int i = 0; i < 2; i++) {
        assertThat(RawClient.ask(setup.address(), RawClient.get("/")).text()).isEqualTo("good");
      }
      assertThat(setup.metrics())
          .contains("holdfast_gateway_retries_total{reason=\"timeout\",service=\"web\"}");
    } finally {
      never.countDown();
    }
  }

  @Test
  void whatIsNotNamedIsNotTriedAgain() throws Exception {
    RoutingPolicy notOnErrors =
        Setup.policy(
            Duration.ofSeconds(5),
            new RetryPolicy(2, 0.2, 10, Set.of(RetryOn.CONNECT, RetryOn.RESET), new Hedging.Off()));
    try (Backend bad = Backend.failingWith("503 Busy");
        Setup setup = Setup.of(data, notOnErrors, bad, bad)) {
      assertThat(RawClient.ask(setup.address(), RawClient.get("/")).status()).isEqualTo(503);
      assertThat(bad.requests()).isEqualTo(1);
    }
  }

  @Test
  void aFailingInstanceIsTakenOutAndCounted() throws Exception {
    try (Backend bad = Backend.failingWith("500 Oops");
        Backend good = Backend.saying("good");
        Setup setup = Setup.of(data, Setup.IN_TURN, bad, good);
        RawClient client = RawClient.to(setup.address())) {
      while (!setup.metrics().contains(EJECTED)) {
        assertThat(client.ask(RawClient.get("/")).text()).isEqualTo("good");
      }
      int seen = bad.requests();
      for (int i = 0; i < 20; i++) {
        assertThat(client.ask(RawClient.withBody("POST", "x")).status()).isEqualTo(200);
      }
      assertThat(bad.requests()).isEqualTo(seen);
    }
  }

  @Test
  void whenItsTimeIsOverTheRequestTimesOut() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    RoutingPolicy hasty = Setup.policy(Duration.ofMillis(200), new RetryPolicy(2, 0.2, 10));
    try (Backend hanging = Backend.hangingUntil(never, "late");
        Setup setup = Setup.of(data, hasty, hanging)) {
      Message answer = RawClient.ask(setup.address(), RawClient.get("/"));

      assertThat(answer.status()).isEqualTo(504);
      assertThat(answer.text()).contains("web did not answer in time.");
    } finally {
      never.countDown();
    }
  }

  @Test
  void aPolicyWithoutRetriesHasOneTry() throws Exception {
    RoutingPolicy once = Setup.policy(Duration.ofSeconds(5), new RetryPolicy(0, 0.2, 10));
    try (Backend bad = Backend.failingWith("503 Busy");
        Setup setup = Setup.of(data, once, bad, bad)) {
      assertThat(RawClient.ask(setup.address(), RawClient.get("/")).status()).isEqualTo(503);
      assertThat(bad.requests()).isEqualTo(1);
    }
  }

  @Test
  void retriesEndWithTheirBudget() throws Exception {
    RoutingPolicy poor = Setup.policy(Duration.ofSeconds(5), new RetryPolicy(2, 0.25, 0));
    try (Backend bad = Backend.failingWith("503 Busy");
        Setup setup = Setup.of(data, poor, bad, bad);
        RawClient client = RawClient.to(setup.address())) {
      for (int i = 0; i < 40; i++) {
        assertThat(client.ask(RawClient.get("/")).status()).isEqualTo(503);
      }
      assertThat(bad.requests()).isEqualTo(50);
    }
  }

  @Test
  void whatRunsOnAnInstanceThatLeavesGoesElsewhereAtOnceUnlessItMayNotBeRepeated()
      throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    try (Backend leaving = Backend.hangingUntil(release, "finished");
        Backend good = Backend.saying("good");
        Setup setup = Setup.of(data, Setup.IN_TURN, leaving)) {
      CompletableFuture<Message> repeated = inBackground(setup, RawClient.get("/"));
      leaving.awaitRequest();
      CompletableFuture<Message> posted = inBackground(setup, RawClient.withBody("POST", "x"));
      leaving.awaitRequest();

      setup.change(web(Setup.IN_TURN, endpoint(1, 2, good.port())));

      assertThat(repeated.join().text()).isEqualTo("good");
      assertThat(repeated.join().header("X-Holdfast-Attempts")).contains("2");
      release.countDown();
      assertThat(posted.join().text()).isEqualTo("finished");
    }
  }

  /** Asks until it is this backend's turn. */
  private static Message askUntilSeen(Setup setup, Backend backend, String request)
      throws Exception {
    int before = backend.requests();
    while (true) {
      Message answer = RawClient.ask(setup.address(), request);
      if (backend.requests() > before) {
        return answer;
      }
    }
  }

  private static CompletableFuture<Message> inBackground(Setup setup, String request) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return RawClient.ask(setup.address(), request);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        },
        task -> Thread.ofVirtual().start(task));
  }
}
