package io.holdfast.client;

import static io.holdfast.client.fixture.Views.draining;
import static io.holdfast.client.fixture.Views.endpoint;
import static io.holdfast.client.fixture.Views.id;
import static io.holdfast.client.fixture.Views.suspect;
import static io.holdfast.client.fixture.Views.view;
import static io.holdfast.client.fixture.Views.web;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.client.fixture.FakeHub;
import io.holdfast.core.CannotStart;
import io.holdfast.core.InstanceId;
import io.holdfast.core.balancing.TryFailure;
import io.holdfast.core.balancing.Wanted;
import io.holdfast.core.routing.Endpoint;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LoadBalancerTest {

  private static final Endpoint FIRST = endpoint(0, 1, 8001);
  private static final Endpoint SECOND = endpoint(1, 2, 8002);
  private static final Wanted REPEATABLE = new Wanted(Set.of(), true, 0);

  @TempDir Path data;

  @Test
  void onlyWhatWorksIsPicked() throws Exception {
    try (Setup setup = Setup.of(draining(FIRST), SECOND, suspect(endpoint(2, 3, 8003)))) {
      for (int i = 0; i < 10; i++) {
        try (Pick pick = setup.balancer().pick("web").orElseThrow()) {
          assertThat(pick.instance()).isEqualTo(SECOND.instance());
          assertThat(pick.address())
              .isEqualTo(new InetSocketAddress(InetAddress.getLoopbackAddress(), 8002));
          pick.answered();
        }
      }
      assertThat(setup.balancer().pick("other")).isEmpty();
    }
  }

  @Test
  void aDrainingInstanceIsFreeOnceItsLastPickIsClosed() throws Exception {
    try (Setup setup = Setup.of(FIRST)) {
      Pick one = setup.balancer().pick("web").orElseThrow();
      Pick other = setup.balancer().pick("web.holdfast").orElseThrow();

      long version = setup.change(draining(FIRST));

      assertThat(setup.hub().awaitAck(version).getInFlightMap()).isEqualTo(Map.of("web/0#1", 2));
      one.answered();
      one.close();
      other.close();
      setup.hub().awaitDrained(version);
    }
  }

  @Test
  void aPickThatIsClosedTwiceIsCountedOnce() throws Exception {
    try (Setup setup = Setup.of(FIRST)) {
      Pick one = setup.balancer().pick("web").orElseThrow();
      Pick other = setup.balancer().pick("web").orElseThrow();
      one.close();
      one.close();

      long version = setup.change(draining(FIRST));

      assertThat(setup.hub().awaitAck(version).getInFlightMap()).isEqualTo(Map.of("web/0#1", 1));
      other.close();
      setup.hub().awaitDrained(version);
    }
  }

  @Test
  void aPickThatIsForgottenIsClosedOnceNobodyHoldsIt() throws Exception {
    try (Setup setup = Setup.of(FIRST)) {
      assertThat(setup.balancer().pick("web")).isPresent();
      long version = setup.change(draining(FIRST));
      assertThat(setup.hub().awaitAck(version).getInFlightMap()).isEqualTo(Map.of("web/0#1", 1));

      Thread collecting = Thread.ofVirtual().start(LoadBalancerTest::collect);
      setup.hub().awaitDrained(version);
      collecting.interrupt();
    }
  }

  @Test
  void anInstanceThatRefusesConnectionsIsLeftAlone() throws Exception {
    try (Setup setup = Setup.of(FIRST, SECOND)) {
      Wanted theFirst = Wanted.not(Set.of(SECOND.instance()));
      for (int i = 0; i < 10; i++) {
        try (Pick pick = setup.balancer().pick("web", theFirst).orElseThrow()) {
          pick.refused();
          pick.refused();
        }
      }
      awaitOnly(setup.balancer(), SECOND.instance());
    }
  }

  @Test
  void whatMayBeRepeatedGoesElsewhereWhenItFails() throws Exception {
    try (Setup setup = Setup.of(FIRST, SECOND)) {
      Pick first = setup.balancer().pick("web", REPEATABLE).orElseThrow();
      Pick second = first.elsewhere(TryFailure.RESET).orElseThrow();

      assertThat(Set.of(first.instance(), second.instance()))
          .containsExactlyInAnyOrder(id(0, 1), id(1, 2));
      assertThat(second.elsewhere(TryFailure.RESET)).as("nobody is left").isEmpty();
      setup.hub().awaitDrained(setup.change(draining(FIRST), draining(SECOND)));
    }
  }

  @Test
  void whatMayNotBeRepeatedGoesElsewhereOnlyWhenItWasNeverSent() throws Exception {
    try (Setup setup = Setup.of(FIRST, SECOND)) {
      Pick sent = setup.balancer().pick("web").orElseThrow();
      assertThat(sent.elsewhere(TryFailure.RESET)).isEmpty();

      Pick notSent = setup.balancer().pick("web").orElseThrow();
      try (Pick other = notSent.elsewhere(TryFailure.CONNECT).orElseThrow()) {
        assertThat(other.instance()).isNotEqualTo(notSent.instance());
      }
    }
  }

  @Test
  void whoeverLeavesTheViewIsGone() throws Exception {
    try (Setup setup = Setup.of(FIRST);
        Pick pick = setup.balancer().pick("web").orElseThrow()) {
      assertThat(pick.isGone()).isFalse();
      setup.hub().awaitAck(setup.change(SECOND));
      assertThat(pick.isGone()).isTrue();
    }
  }

  @Test
  void startsFromTheLastViewWhenNoSupervisorAnswers() throws Exception {
    FakeHub hub = FakeHub.serving(view(1, web(FIRST)));
    try (LoadBalancer balancer = connect(hub.address())) {
      hub.awaitAck(1);
      assertThat(balancer.age()).isLessThan(Duration.ofMinutes(1));
    }
    hub.close();

    try (LoadBalancer balancer = connect(hub.address())) {
      balancer.ready().toCompletableFuture().get(30, TimeUnit.SECONDS);
      assertThat(picked(balancer)).contains(FIRST.instance());
      assertThat(balancer.age()).isPositive();
    }
  }

  @Test
  void knowsNobodyBeforeItHoldsAView() throws Exception {
    FakeHub hub = FakeHub.serving(view(1, web(FIRST)));
    hub.close();
    try (LoadBalancer balancer = connect(hub.address())) {
      assertThat(balancer.ready().toCompletableFuture()).isNotDone();
      assertThat(balancer.pick("web")).isEmpty();
      assertThatThrownBy(
              () ->
                  balancer.http().send(Setup.to("http://web/").build(), BodyHandlers.discarding()))
          .isInstanceOf(NoInstanceException.class)
          .hasMessage("No routing view is held yet.");
    }
  }

  @Test
  void aDirectoryServesOneLoadBalancer() throws Exception {
    try (FakeHub hub = FakeHub.serving(view(1, web(FIRST)));
        LoadBalancer first = connect(hub.address())) {
      assertThat(first.age()).isPositive();
      assertThatThrownBy(() -> connect(hub.address()))
          .isInstanceOf(CannotStart.class)
          .hasMessage("the data directory " + data + " is in use by another process");
    }
  }

  @Test
  void anAddressIsHostAndPort() {
    assertThatThrownBy(() -> LoadBalancer.named("test").to("localhost"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected HOST:PORT, got 'localhost'");
  }

  @Test
  void closingEndsEveryThread() throws Exception {
    try (Instance one = Instance.saying("one");
        Setup setup = Setup.of(one.endpoint(0))) {
      assertThat(setup.send(Setup.to("http://web/")).body()).isEqualTo("one");
      assertThat(own()).isNotEmpty();

      setup.balancer().close();
      setup.balancer().close();

      while (!own().isEmpty()) {
        Thread.onSpinWait();
      }
    }
  }

  private static Set<String> own() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("holdfast ") || name.startsWith("HttpClient-"))
        .collect(Collectors.toSet());
  }

  private LoadBalancer connect(InetSocketAddress supervisor) throws CannotStart {
    return LoadBalancer.named("test").to(supervisor).keepingTheViewIn(data).connect();
  }

  private static Optional<InstanceId> picked(LoadBalancer balancer) {
    return balancer
        .pick("web")
        .map(
            pick -> {
              pick.close();
              return pick.instance();
            });
  }

  private static void awaitOnly(LoadBalancer balancer, InstanceId instance) {
    for (int inARow = 0; inARow < 10; ) {
      inARow = picked(balancer).equals(Optional.of(instance)) ? inARow + 1 : 0;
    }
  }

  private static void collect() {
    while (!Thread.currentThread().isInterrupted()) {
      System.gc();
    }
  }
}
