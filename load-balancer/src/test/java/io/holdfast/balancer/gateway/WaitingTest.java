package io.holdfast.balancer.gateway;

import static io.holdfast.client.fixture.Views.draining;
import static io.holdfast.client.fixture.Views.endpoint;
import static io.holdfast.client.fixture.Views.view;
import static io.holdfast.client.fixture.Views.web;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.spec.RetryPolicy;
import io.holdfast.core.spec.RoutingPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WaitingTest {

  @TempDir Path data;

  @Test
  void aRequestWaitsForTheNextInstanceOfAServiceThatIsRestarted() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    try (Backend next = Backend.saying("next");
        Backend dying = Backend.hangingUntil(never, "never");
        Setup setup = Setup.of(data, Setup.IN_TURN, dying)) {
      CompletableFuture<Message> answer = inBackground(setup, RawClient.get("/"));
      dying.awaitRequest();
      dying.die();
      setup.change(web(Setup.IN_TURN));
      CompletableFuture<Message> later = inBackground(setup, RawClient.get("/"));
      setup.change(web(Setup.IN_TURN, endpoint(0, 2, next.port())));

      assertThat(answer.join().text()).isEqualTo("next");
      assertThat(answer.join().header("X-Holdfast-Instance")).contains("web/0#2");
      assertThat(later.join().text()).isEqualTo("next");
    } finally {
      never.countDown();
    }
  }

  @Test
  void manyWaitTogetherAndAreAllServed() throws Exception {
    try (Backend next = Backend.saying("next");
        Setup setup = Setup.with(data, web(Setup.IN_TURN))) {
      List<CompletableFuture<Message>> waiting = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        waiting.add(inBackground(setup, RawClient.get("/")));
      }
      setup.change(web(Setup.IN_TURN, endpoint(0, 2, next.port())));

      assertThat(waiting).allSatisfy(one -> assertThat(one.join().text()).isEqualTo("next"));
    }
  }

  @Test
  void aServiceThatIsUpButNotListeningYetIsTriedUntilItIs() throws Exception {
    int port = Setup.deadPort();
    try (Setup setup = Setup.with(data, web(Setup.IN_TURN, endpoint(0, 1, port)));
        Backend late = Backend.saying("up")) {
      CompletableFuture<Message> answer = inBackground(setup, RawClient.withBody("POST", "x"));
      // The same instance, found at last where it listens.
      setup.change(web(Setup.IN_TURN, endpoint(0, 1, late.port())));

      assertThat(answer.join().text()).isEqualTo("up");
    }
  }

  @Test
  void withoutAnyInstanceInTimeItIsUnavailable() throws Exception {
    RoutingPolicy hasty = Setup.policy(Duration.ofMillis(300), new RetryPolicy(2, 0.2, 10));
    try (Setup setup = Setup.with(data, web(hasty))) {
      Message answer = RawClient.ask(setup.address(), RawClient.get("/"));

      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.header("Retry-After")).contains("1");
      assertThat(answer.header("X-Holdfast-Attempts")).contains("0");
      assertThat(answer.text()).contains("No instance of web");
    }
  }

  @Test
  void whatOnlyRefusesIsUnavailableToo() throws Exception {
    RoutingPolicy hasty = Setup.policy(Duration.ofMillis(600), new RetryPolicy(2, 0.2, 10));
    try (Setup setup = Setup.with(data, web(hasty, endpoint(0, 1, Setup.deadPort())))) {
      assertThat(RawClient.ask(setup.address(), RawClient.get("/")).status()).isEqualTo(503);
    }
  }

  @Test
  void aDrainingInstanceFinishesWhatItHasAndTheHubIsToldWhenItHas() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    try (Backend old = Backend.hangingUntil(release, "old");
        Backend fresh = Backend.saying("fresh");
        Setup setup = Setup.of(data, Setup.IN_TURN, old)) {
      CompletableFuture<Message> running = inBackground(setup, RawClient.get("/"));
      old.awaitRequest();
      setup
          .hub()
          .change(
              view(
                  2,
                  web(
                      Setup.IN_TURN,
                      draining(endpoint(0, 1, old.port())),
                      endpoint(1, 2, fresh.port()))));

      assertThat(setup.hub().awaitAck(2).getInFlightMap()).containsEntry("web/0#1", 1);
      assertThat(RawClient.ask(setup.address(), RawClient.get("/")).text()).isEqualTo("fresh");
      release.countDown();
      assertThat(running.join().text()).isEqualTo("old");
      assertThat(setup.hub().awaitDrained(2).getVersion()).isEqualTo(2);
    }
  }

  @Test
  void aClientThatLeavesWhileItWaitsLeavesNothingBehind() throws Exception {
    try (Backend next = Backend.saying("next");
        Setup setup = Setup.with(data, web(Setup.IN_TURN))) {
      try (RawClient client = RawClient.to(setup.address())) {
        client.send(RawClient.get("/"));
      }
      CompletableFuture<Message> stays = inBackground(setup, RawClient.get("/"));
      setup.change(web(Setup.IN_TURN, endpoint(0, 2, next.port())));
      assertThat(stays.join().text()).isEqualTo("next");
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
