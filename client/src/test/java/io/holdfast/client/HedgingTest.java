package io.holdfast.client;

import static io.holdfast.client.Setup.to;
import static io.holdfast.client.fixture.Views.suspect;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.spec.BalancingPolicy;
import io.holdfast.core.spec.Hedging;
import io.holdfast.core.spec.RetryPolicy;
import io.holdfast.core.spec.RoutingPolicy;
import io.holdfast.core.spec.TryTimeout;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** A second try beside one that takes long. */
final class HedgingTest {

  private final CountDownLatch go = new CountDownLatch(1);

  @Test
  void whenTheOnlyWellInstanceHangsADoubtfulOneIsAskedBesideIt() throws Exception {
    RoutingPolicy hasty = Setup.IN_TURN.with(new TryTimeout.Fixed(Duration.ofMillis(50)));
    try (Instance hanging = Instance.hangingUntil(go, "late");
        Instance doubtful = Instance.saying("good");
        Setup setup = Setup.of(hasty, hanging.endpoint(0), suspect(doubtful.endpoint(1)))) {
      HttpResponse<String> answer = setup.send(to("http://web/"));
      assertThat(answer.body()).isEqualTo("good");
      assertThat(answer.headers().firstValue("x-holdfast-attempts")).contains("2");
      go.countDown();
    }
  }

  @Test
  void theEarlierAnswerOfTwoIsTaken() throws Exception {
    try (Instance slow = Instance.hangingUntil(go, "slow");
        Instance good = Instance.saying("good");
        Setup setup = Setup.of(hedging(10), slow.endpoint(0), good.endpoint(1))) {
      HttpResponse<String> answer = setup.send(to("http://web/"));
      while (slow.requests() == 0) {
        answer = setup.send(to("http://web/"));
      }
      assertThat(answer.body()).isEqualTo("good");
      assertThat(answer.headers().firstValue("X-Holdfast-Attempts")).contains("2");
      go.countDown();
    }
  }

  @Test
  void aBodyThatCanBeHadTwiceGoesToBoth() throws Exception {
    try (Instance slow = Instance.hangingUntil(go, "slow");
        Instance good = Instance.saying("good");
        Setup setup = Setup.of(hedging(10), slow.endpoint(0), good.endpoint(1))) {
      do {
        assertThat(setup.send(put("text")).body()).isEqualTo("good");
        assertThat(good.awaitRequest().body()).isEqualTo("text");
      } while (slow.requests() == 0);
      assertThat(slow.awaitRequest().body()).isEqualTo("text");
      go.countDown();
    }
  }

  @Test
  void aSecondTryThatFailsLeavesTheFirstToItself() throws Exception {
    try (Instance slow = Instance.hangingUntil(go, "slow");
        Instance failing =
            Instance.that(
                exchange -> {
                  Instance.answer(exchange, 503, "sorry");
                  go.countDown();
                });
        Setup setup = Setup.of(hedging(10), slow.endpoint(0), failing.endpoint(1))) {
      assertThat(setup.send(to("http://web/")).body()).isEqualTo("slow");
    }
  }

  @Test
  void whatTheFirstTryWasSentToMayLeaveTheView() throws Exception {
    CountDownLatch second = new CountDownLatch(1);
    try (Instance slow = Instance.hangingUntil(new CountDownLatch(1), "slow");
        Instance good =
            Instance.that(
                exchange -> {
                  second.countDown();
                  Instance.await(go);
                  Instance.answer(exchange, 200, "good");
                });
        Setup setup = Setup.of(hedging(10), slow.endpoint(0), good.endpoint(1))) {
      CompletableFuture<HttpResponse<String>> answer = inBackground(setup);
      Instance.await(second);
      setup.change(good.endpoint(1));
      go.countDown();

      assertThat(answer.join().body()).isEqualTo("good");
    }
  }

  @Test
  void thereIsNoneWithoutABudget() throws Exception {
    assertAskedOnce(hedging(0), to("http://web/"));
  }

  @Test
  void thereIsNoneOfWhatMayNotBeCarriedOutTwice() throws Exception {
    assertAskedOnce(hedging(10), to("http://web/").POST(BodyPublishers.ofString("text")));
  }

  @Test
  void thereIsNoneOfABodyThatMayBeThereOnce() throws Exception {
    assertAskedOnce(
        hedging(10),
        to("http://web/")
            .PUT(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[9]))));
  }

  /** By both instances, in whatever order: each takes much longer than the delay. */
  private static void assertAskedOnce(RoutingPolicy policy, HttpRequest.Builder request)
      throws Exception {
    Instance.Script script =
        exchange -> {
          long end = System.nanoTime() + Duration.ofMillis(100).toNanos();
          while (System.nanoTime() < end) {
            Thread.onSpinWait();
          }
          Instance.answer(exchange, 200, "slow");
        };
    try (Instance one = Instance.that(script);
        Instance two = Instance.that(script);
        Setup setup = Setup.of(policy, one.endpoint(0), two.endpoint(1))) {
      assertThat(setup.send(request).body()).isEqualTo("slow");
      assertThat(one.requests() + two.requests()).isEqualTo(1);
    }
  }

  private static CompletableFuture<HttpResponse<String>> inBackground(Setup setup) {
    return setup
        .balancer()
        .http()
        .sendAsync(to("http://web/").build(), HttpResponse.BodyHandlers.ofString());
  }

  private static HttpRequest.Builder put(String text) {
    return to("http://web/").PUT(BodyPublishers.ofString(text));
  }

  private static RoutingPolicy hedging(int minPerSecond) {
    RetryPolicy retries = new RetryPolicy(2, minPerSecond == 0 ? 0 : 0.2, minPerSecond);
    return RoutingPolicy.of(
        BalancingPolicy.ROUND_ROBIN,
        Optional.empty(),
        Duration.ofMinutes(5),
        Duration.ofMillis(250),
        retries.with(new Hedging.After(Duration.ofMillis(1))));
  }
}
