package io.holdfast.client;

import static io.holdfast.client.Setup.to;
import static io.holdfast.client.fixture.Views.draining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import io.holdfast.client.Instance.Asked;
import io.holdfast.client.view.WaitingRoom;
import io.holdfast.core.spec.RoutingPolicy;
import io.holdfast.core.spec.TryTimeout;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BalancedHttpClientTest {

  private static final BodyPublisher TEXT = BodyPublishers.ofString("text");
  private static final RoutingPolicy HASTY =
      Setup.IN_TURN.with(new TryTimeout.Fixed(Duration.ofMillis(50)));

  private final CountDownLatch latch = new CountDownLatch(1);

  @ParameterizedTest
  @ValueSource(strings = {"web", "web.holdfast", "WEB", "web:8080"})
  void aRequestForAServiceGoesToAnInstanceOfIt(String host) throws Exception {
    try (Instance one = Instance.saying("one");
        Setup setup = Setup.of(one.endpoint(0))) {
      HttpResponse<String> answer = setup.send(to("http://" + host + "/a%20b?c=d"));

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo("one");
      assertThat(answer.headers().firstValue("X-Holdfast-Instance")).contains("web/0#1");
      assertThat(answer.headers().firstValue("x-holdfast-attempts")).contains("1");
      Asked asked = one.awaitRequest();
      assertThat(asked.target()).isEqualTo("/a%20b?c=d");
      assertThat(asked.forwardedHost()).isEqualTo(host);
      assertThat(asked.host()).startsWith("127.0.0.1:");
      assertThat(Long.parseLong(asked.millis())).isBetween(1L, Setup.IN_TURN.timeout().toMillis());
    }
  }

  @Test
  void theCallersOwnHttpClientDoesAsWell() throws Exception {
    try (Instance one = Instance.saying("one");
        Setup setup = Setup.of(one.endpoint(0));
        HttpClient http = HttpClient.newHttpClient()) {
      assertThat(
              setup
                  .balancer()
                  .http(http)
                  .send(to("http://web/").build(), BodyHandlers.ofString())
                  .body())
          .isEqualTo("one");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST", "PATCH", "PUT"})
  void aRefusedConnectionIsTriedElsewhereWhateverTheMethod(String method) throws Exception {
    try (Instance good = Instance.saying("good");
        Setup setup = Setup.of(Setup.dead(0), good.endpoint(1))) {
      for (int i = 0; i < 4; i++) {
        assertThat(setup.send(to("http://web/").method(method, TEXT)).body()).isEqualTo("good");
        assertThat(good.awaitRequest().body()).isEqualTo("text");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503, 504})
  void whatAnInstanceFailsToAnswerIsAskedForElsewhere(int status) throws Exception {
    try (Instance bad = Instance.failingWith(status);
        Instance good = Instance.saying("good");
        Setup setup = Setup.of(bad.endpoint(0), good.endpoint(1))) {
      HttpResponse<String> answer = setup.send(to("http://web/"));

      assertThat(answer.body()).isEqualTo("good");
      assertThat(answer.headers().firstValue("X-Holdfast-Attempts")).contains("2");
    }
  }

  @Test
  void theLastFailureIsTheAnswerWhenNobodyElseIsLeft() throws Exception {
    try (Instance bad = Instance.failingWith(503);
        Setup setup = Setup.of(bad.endpoint(0))) {
      assertThat(setup.send(to("http://web/")).statusCode()).isEqualTo(503);
    }
  }

  @Test
  void aPostThatWasSentIsNotRepeated() throws Exception {
    try (Instance bad = Instance.hangingUp();
        Instance good = Instance.saying("good");
        Setup setup = Setup.of(bad.endpoint(0), good.endpoint(1))) {
      assertThatThrownBy(() -> setup.send(to("http://web/").POST(TEXT)))
          .isInstanceOf(IOException.class)
          .hasMessage("web/0#1 failed before it answered.");
      assertThat(bad.awaitRequest().body()).isEqualTo("text");
      assertThat(bad.requests() + good.requests()).isZero();
    }
  }

  @Test
  void aPostWithAnIdempotencyKeyIs() throws Exception {
    try (Instance bad = Instance.hangingUp();
        Instance good = Instance.saying("good");
        Setup setup = Setup.of(bad.endpoint(0), good.endpoint(1))) {
      HttpRequest.Builder post = to("http://web/").header("Idempotency-Key", "7").POST(TEXT);

      assertThat(setup.send(post).body()).isEqualTo("good");
      assertThat(good.awaitRequest().body()).isEqualTo("text");
    }
  }

  @Test
  void aBodyThatMayBeThereOnlyOnceIsNotSentTwice() throws Exception {
    try (Instance bad = Instance.hangingUp();
        Instance good = Instance.saying("good");
        Setup setup = Setup.of(bad.endpoint(0), good.endpoint(1))) {
      InputStream once = new ByteArrayInputStream("once".getBytes(StandardCharsets.UTF_8));
      HttpRequest.Builder put = to("http://web/").PUT(BodyPublishers.ofInputStream(() -> once));

      assertThatThrownBy(() -> setup.send(put)).isInstanceOf(IOException.class);
      assertThat(good.requests()).isZero();
    }
  }

  @Test
  void aBodyThatMayBeThereOnlyOnceGoesElsewhereWhenNothingOfItWasSent() throws Exception {
    try (Instance good = Instance.saying("good");
        Setup setup = Setup.of(Setup.dead(0), good.endpoint(1))) {
      InputStream once = new ByteArrayInputStream("once".getBytes(StandardCharsets.UTF_8));
      HttpRequest.Builder put = to("http://web/").PUT(BodyPublishers.ofInputStream(() -> once));

      assertThat(setup.send(put).body()).isEqualTo("good");
      assertThat(good.awaitRequest().body()).isEqualTo("once");
    }
  }

  @Test
  void aBodyThatCannotBeReadIsNoFaultOfTheInstance() throws Exception {
    try (Instance one = Instance.saying("one");
        Instance two = Instance.saying("two");
        Setup setup = Setup.of(one.endpoint(0), two.endpoint(1))) {
      BodyPublisher broken =
          BodyPublishers.fromPublisher(
              BodyPublishers.ofInputStream(
                  () -> {
                    throw new UncheckedIOException(new IOException("the disk is gone"));
                  }),
              4);

      assertThatThrownBy(() -> setup.send(to("http://web/").PUT(broken)))
          .hasStackTraceContaining("the disk is gone")
          .message()
          .doesNotContain("web/");
      assertThat(one.requests() + two.requests()).isZero();
    }
  }

  @Test
  void whatWaitsForAnInstanceThatDiesIsAskedForElsewhereAtOnce() throws Exception {
    try (Instance dying = Instance.hangingUntil(latch, "late");
        Instance good = Instance.saying("good");
        Setup setup = Setup.of(dying.endpoint(0), good.endpoint(1))) {
      CompletableFuture<HttpResponse<String>> answer = begin(setup, to("http://web/"));
      dying.awaitRequest();

      setup.change(good.endpoint(1));

      assertThat(answer.get(30, TimeUnit.SECONDS).body()).isEqualTo("good");
      latch.countDown();
    }
  }

  @Test
  void aPostOnAnInstanceThatLeavesTheViewMayFinish() throws Exception {
    try (Instance leaving = Instance.hangingUntil(latch, "late");
        Instance good = Instance.saying("good");
        Setup setup = Setup.of(leaving.endpoint(0), good.endpoint(1))) {
      CompletableFuture<HttpResponse<String>> answer = begin(setup, to("http://web/").POST(TEXT));
      leaving.awaitRequest();

      setup.hub().awaitAck(setup.change(good.endpoint(1)));
      latch.countDown();

      assertThat(answer.get(30, TimeUnit.SECONDS).body()).isEqualTo("late");
      assertThat(good.requests()).isZero();
    }
  }

  @Test
  void whatTakesTooLongIsAskedForElsewhere() throws Exception {
    try (Instance slow = Instance.hangingUntil(latch, "late");
        Instance good = Instance.saying("good");
        Setup setup = Setup.of(HASTY, slow.endpoint(0), good.endpoint(1))) {
      assertThat(setup.send(to("http://web/")).body()).isEqualTo("good");
      latch.countDown();
    }
  }

  @Test
  void theShortestOfAllTimeLimitsCounts() throws Exception {
    try (Instance slow = Instance.hangingUntil(latch, "late");
        Setup patient = Setup.of(slow.endpoint(0));
        Setup impatient = Setup.of(Setup.policy(Duration.ofMillis(50)), slow.endpoint(0))) {
      assertTimesOut(patient, to("http://web/").timeout(Duration.ofMillis(50)));
      assertTimesOut(impatient, to("http://web/").timeout(Duration.ofMinutes(5)));
      assertTimesOut(patient, to("http://web/").header("X-Holdfast-Timeout-Ms", "50"));
      latch.countDown();
    }
  }

  @Test
  void aDrainingInstanceIsFreeOnceItsLastAnswerIsRead() throws Exception {
    try (Instance draining = Instance.hangingUntil(latch, "late");
        Setup setup = Setup.of(draining.endpoint(0))) {
      CompletableFuture<HttpResponse<String>> answer = begin(setup, to("http://web/"));
      draining.awaitRequest();

      long version = setup.change(draining(draining.endpoint(0)));

      assertThat(setup.hub().awaitAck(version).getInFlightMap()).isEqualTo(Map.of("web/0#1", 1));
      latch.countDown();
      assertThat(answer.get(30, TimeUnit.SECONDS).body()).isEqualTo("late");
      setup.hub().awaitDrained(version);
    }
  }

  @Test
  void anAnswerInAStreamRunsUntilTheStreamIsClosed() throws Exception {
    try (Instance one = Instance.that(BalancedHttpClientTest::beginAnAnswer);
        Setup setup = Setup.of(one.endpoint(0))) {
      HttpRequest request = to("http://web/").build();
      InputStream stream =
          setup.balancer().http().send(request, BodyHandlers.ofInputStream()).body();

      long version = setup.change(draining(one.endpoint(0)));

      assertThat(setup.hub().awaitAck(version).getInFlightMap()).isEqualTo(Map.of("web/0#1", 1));
      assertThat(stream.read()).isEqualTo('b');
      stream.close();
      setup.hub().awaitDrained(version);
    }
  }

  @Test
  void whatTheCallerCancelsIsGivenUp() throws Exception {
    try (Instance one = Instance.hangingUntil(latch, "late");
        Setup setup = Setup.of(one.endpoint(0))) {
      CompletableFuture<HttpResponse<String>> answer = begin(setup, to("http://web/"));
      one.awaitRequest();

      answer.cancel(true);

      setup.hub().awaitDrained(setup.change(draining(one.endpoint(0))));
      latch.countDown();
    }
  }

  @Test
  void aRequestWaitsForAnInstanceToComeUp() throws Exception {
    try (Instance coming = Instance.saying("here");
        Setup setup = Setup.of()) {
      CompletableFuture<HttpResponse<String>> answer = begin(setup, to("http://web/").POST(TEXT));

      setup.change(coming.endpoint(0));

      assertThat(answer.get(30, TimeUnit.SECONDS).body()).isEqualTo("here");
    }
  }

  @Test
  void whenNobodyIsThereOneSentenceSaysSo() throws Exception {
    try (Setup setup = Setup.of(Setup.policy(Duration.ofMillis(50)))) {
      assertThatThrownBy(() -> setup.send(to("http://web/")))
          .isInstanceOf(NoInstanceException.class)
          .hasMessage("No instance of web is usable.");
      assertThatThrownBy(() -> setup.send(to("http://other/")))
          .isInstanceOf(NoInstanceException.class)
          .hasMessage("There is no service 'other'.");
      assertThatThrownBy(() -> setup.send(to("https://web/")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("expected http://<service>/..., got https://web/");
    }
  }

  @Test
  void whenTooManyWaitForAnInstanceTheNextIsToldAtOnceAndASeatIsFreeAgainLater() throws Exception {
    try (Instance coming = Instance.saying("here");
        Setup setup = Setup.of()) {
      List<CompletableFuture<HttpResponse<String>>> waiting =
          Stream.generate(() -> begin(setup, to("http://web/"))).limit(WaitingRoom.SEATS).toList();

      assertThatThrownBy(() -> setup.send(to("http://web/")))
          .isInstanceOf(NoInstanceException.class)
          .hasMessage("No instance of web is usable, and too many requests wait already.");

      waiting.getFirst().cancel(true);
      waiting.subList(2, waiting.size()).forEach(one -> one.cancel(true));
      CompletableFuture<HttpResponse<String>> next = begin(setup, to("http://web/"));
      setup.change(coming.endpoint(0));
      assertThat(next.get(30, TimeUnit.SECONDS).body()).isEqualTo("here");
      assertThat(waiting.get(1).get(30, TimeUnit.SECONDS).body()).isEqualTo("here");
    }
  }

  @Test
  void whatCouldNotBeAnsweredInTimeIsRefusedAtOnce() throws Exception {
    try (Instance hanging = Instance.hangingUntil(latch, "late");
        Setup setup = Setup.of(Setup.policy(Duration.ofMillis(500)), hanging.endpoint(0))) {
      while (manyAtOnce(setup).stream()
          .noneMatch("web has more requests than it can answer in time."::equals)) {
        Thread.onSpinWait();
      }
      latch.countDown();
    }
  }

  private static List<String> manyAtOnce(Setup setup) {
    return Stream.generate(() -> begin(setup, to("http://web/"))).limit(20).toList().stream()
        .map(answer -> answer.handle((_, error) -> error.getMessage()).join())
        .toList();
  }

  @Test
  void whoeverWaitsWhenTheLoadBalancerIsClosedIsTold() throws Exception {
    try (Instance one = Instance.hangingUntil(latch, "late");
        Setup setup = Setup.of(one.endpoint(0))) {
      CompletableFuture<HttpResponse<String>> answer = begin(setup, to("http://web/"));
      one.awaitRequest();

      setup.balancer().close();

      assertThat(answer)
          .failsWithin(Duration.ofSeconds(30))
          .withThrowableThat()
          .withMessageEndingWith("The load balancer is closed.");
      latch.countDown();
    }
  }

  private static CompletableFuture<HttpResponse<String>> begin(
      Setup setup, HttpRequest.Builder request) {
    return setup.balancer().http().sendAsync(request.build(), BodyHandlers.ofString());
  }

  private static void assertTimesOut(Setup setup, HttpRequest.Builder request) {
    assertThatThrownBy(() -> setup.send(request))
        .isInstanceOf(HttpTimeoutException.class)
        .hasMessage("web did not answer in time.");
  }

  private static void beginAnAnswer(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    exchange.getResponseBody().write('b');
    exchange.getResponseBody().flush();
  }
}
