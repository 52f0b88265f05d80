package io.holdfast.client.view;

import static io.holdfast.client.fixture.Views.WEB;
import static io.holdfast.client.fixture.Views.draining;
import static io.holdfast.client.fixture.Views.endpoint;
import static io.holdfast.client.fixture.Views.id;
import static io.holdfast.client.fixture.Views.service;
import static io.holdfast.client.fixture.Views.suspect;
import static io.holdfast.client.fixture.Views.view;
import static io.holdfast.client.fixture.Views.web;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.client.fixture.FakeHub;
import io.holdfast.core.InstanceId;
import io.holdfast.core.balancing.EjectionReason;
import io.holdfast.core.balancing.Ejections.Ejection;
import io.holdfast.core.balancing.Outcome;
import io.holdfast.core.balancing.Wanted;
import io.holdfast.core.detection.Reach;
import io.holdfast.core.routing.RoutingView;
import io.holdfast.core.spec.BalancingPolicy;
import io.holdfast.core.spec.OutlierPolicy;
import io.holdfast.core.spec.RetryPolicy;
import io.holdfast.core.spec.RoutingPolicy;
import io.holdfast.protocol.agent.Check;
import io.holdfast.protocol.routing.ViewMessage;
import io.holdfast.protocol.security.SupervisorChannels;
import io.holdfast.protocol.wire.WireTime;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FollowedViewTest {

  private static final RoutingView ONE = view(5, web(endpoint(0, 1, 8001)));

  @TempDir Path data;

  private static final Wanted REPEATABLE = new Wanted(Set.of(), true, 0);

  private final OwnThread thread = OwnThread.named("follower");
  private final BlockingQueue<RouteTable> tables = new LinkedBlockingQueue<>();
  private final BlockingQueue<Ejection> ejections = new LinkedBlockingQueue<>();

  @AfterEach
  void end() {
    thread.close();
  }

  @Test
  void requestsAreRoutedByTheWholeViewAndThenByEachChange() throws Exception {
    try (FakeHub hub = FakeHub.serving(ONE);
        FollowedView view = follow(hub.address())) {
      hub.awaitAck(5);
      assertThat(picked(view)).contains(id(0, 1));

      hub.change(view(6, web(endpoint(1, 2, 8002))));
      hub.awaitAck(6);
      assertThat(picked(view)).contains(id(1, 2));
      assertThat(view.age()).isLessThan(Duration.ofMinutes(1));
    }
  }

  @Test
  void drainingIsAcknowledgedWithWhatStillRunsAndAgainWhenNothingDoes() throws Exception {
    try (FakeHub hub = FakeHub.serving(ONE);
        FollowedView view = follow(hub.address())) {
      hub.awaitAck(5);
      Target first = view.acquire(WEB, Wanted.any(), 0).orElseThrow();
      Target second = view.acquire(WEB, Wanted.any(), 0).orElseThrow();

      hub.change(view(6, web(draining(endpoint(0, 1, 8001)))));
      assertThat(hub.awaitAck(6).getInFlightMap()).isEqualTo(Map.of("web/0#1", 2));
      assertThat(view.acquire(WEB, Wanted.any(), 0)).isEmpty();

      view.forgo(first);
      view.forgo(second);
      assertThat(hub.awaitDrained(6).getVersion()).isEqualTo(6);
    }
  }

  @Test
  void whatRunsOnAnInstanceThatLeftAndCameBackToDrainIsCounted() throws Exception {
    try (FakeHub hub = FakeHub.serving(ONE);
        FollowedView view = follow(hub.address())) {
      hub.awaitAck(5);
      assertThat(view.acquire(WEB, Wanted.any(), 0)).isPresent();

      hub.change(view(6, web()));
      hub.change(view(7, web(draining(endpoint(0, 1, 8001)))));
      assertThat(hub.awaitAck(7).getInFlightMap()).isEqualTo(Map.of("web/0#1", 1));
    }
  }

  @Test
  void theSupervisorIsToldWhoListensWhereItCannotSee() throws Exception {
    try (FakeHub hub = FakeHub.serving(ONE);
        FollowedView _ = follow(hub.address());
        ServerSocket open = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      ServerSocket closed = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      closed.close();
      hub.awaitAck(5);

      hub.send(check(7, closed.getLocalPort(), open.getLocalPort()));
      assertThat(hub.awaitChecked(7)).containsExactly(Reach.REFUSED, Reach.ACCEPTED);
    }
  }

  private static ViewMessage check(long request, int... ports) {
    Check.Builder check =
        Check.newBuilder().setRequest(request).setTimeout(WireTime.duration(Duration.ofSeconds(5)));
    for (int port : ports) {
      check.addTargets(
          io.holdfast.protocol.agent.Target.newBuilder().setAddress("127.0.0.1").setPort(port));
    }
    return ViewMessage.newBuilder().setCheck(check).build();
  }

  @Test
  void theViewStaysWhenTheSupervisorIsLostAndTheNextOneIsFollowed() throws Exception {
    try (FakeHub other = FakeHub.serving(view("hub-2", 9, web(endpoint(3, 4, 8003))))) {
      FakeHub lost = FakeHub.serving(ONE);
      try (FollowedView view = follow(lost.address(), other.address())) {
        RouteTable first = awaitTable();
        boolean startedWithOther = first.version() == 9;
        lost.close();
        if (!startedWithOther) {
          assertThat(picked(view)).isPresent();
          assertThat(awaitTable().version()).isEqualTo(9);
        }
        assertThat(picked(view)).contains(id(3, 4));
      }
    }
  }

  @Test
  void aRestartedSupervisorIsFoundAgainAndOneThatKnowsNothingYetEmptiesNothing() throws Exception {
    FakeHub hub = FakeHub.serving(ONE);
    try (FollowedView view = follow(hub.address())) {
      hub.awaitAck(5);
      hub.close();
      try (FakeHub again = FakeHub.servingOn(hub.address().getPort(), RoutingView.empty("hub-2"))) {
        again.awaitAck(0);
        assertThat(picked(view)).contains(id(0, 1));
        again.change(view("hub-2", 1, web(endpoint(0, 2, 8001))));
        again.awaitAck(1);
        assertThat(picked(view)).contains(id(0, 2));
      }
    }
  }

  @Test
  void aMissedChangeIsMadeUpForByAskingForTheWholeView() throws Exception {
    try (FakeHub hub = FakeHub.serving(ONE);
        FollowedView view = follow(hub.address())) {
      hub.awaitAck(5);
      hub.skipTo(view(6, web()), view(7, web(endpoint(7, 7, 8007))));
      hub.awaitAck(7);
      assertThat(picked(view)).contains(id(7, 7));
    }
  }

  @Test
  void startsFromTheLastViewWhenNoSupervisorAnswers() throws Exception {
    try (FakeHub hub = FakeHub.serving(ONE);
        FollowedView view = follow(hub.address())) {
      hub.awaitAck(5);
      assertThat(picked(view)).isPresent();
    }

    try (FollowedView view = follow(nobody())) {
      assertThat(view.ready().toCompletableFuture()).isCompleted();
      assertThat(view.table().version()).isEqualTo(5);
      assertThat(picked(view)).contains(id(0, 1));
    }
  }

  @Test
  void aDamagedFileIsNoReasonNotToStart() throws Exception {
    Files.write(data.resolve("view.pb"), new byte[] {1, 2, 3, 4});

    try (FollowedView view = follow(nobody())) {
      assertThat(view.ready().toCompletableFuture()).isNotDone();
      assertThat(view.table().isHeld()).isFalse();
    }
  }

  @Test
  void suspectsArePickedOnlyWhenNoOtherIsLeft() throws Exception {
    try (FakeHub hub =
            FakeHub.serving(view(1, web(suspect(endpoint(0, 1, 8001)), endpoint(1, 2, 8002))));
        FollowedView view = follow(hub.address())) {
      hub.awaitAck(1);

      assertThat(picked(view)).contains(id(1, 2));
      assertThat(picked(view, id(1, 2))).contains(id(0, 1));
      assertThat(picked(view, id(1, 2), id(0, 1))).isEmpty();
    }
  }

  @Test
  void aServicesOwnNamesWinOverAHostThatAnotherAsksFor() throws Exception {
    RoutingPolicy asksForWeb =
        RoutingPolicy.of(
            BalancingPolicy.RANDOM,
            Optional.of("web"),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            RetryPolicy.DEFAULT);
    RoutingView both =
        view(1, web(endpoint(0, 1, 8001)), service("api", asksForWeb), service("zoo", asksForWeb));
    try (FakeHub hub = FakeHub.serving(both);
        FollowedView view = follow(hub.address())) {
      hub.awaitAck(1);
      assertThat(view.table().byHost("web").orElseThrow().name()).isEqualTo(WEB);
      assertThat(view.table().byHost("api.holdfast")).isPresent();
      assertThat(view.table().byHost("api.localhost")).isPresent();
      assertThat(view.table().byHost("localhost")).isEmpty();
    }
  }

  @Test
  void anEndpointThatRefusesConnectionsIsOutUntilOneRequestHasShownThatItIsBack() throws Exception {
    OutlierPolicy hasty = new OutlierPolicy(3, 0.5, Duration.ofMillis(300), Duration.ofMillis(300));
    RoutingPolicy inTurn =
        RoutingPolicy.of(
                BalancingPolicy.ROUND_ROBIN,
                Optional.empty(),
                Duration.ofSeconds(5),
                Duration.ofSeconds(1),
                RetryPolicy.DEFAULT)
            .with(hasty);
    try (FakeHub hub =
            FakeHub.serving(view(1, web(inTurn, endpoint(0, 1, 8001), endpoint(1, 2, 8002))));
        FollowedView view = follow(hub.address())) {
      hub.awaitAck(1);
      Target bad = view.acquire(WEB, Wanted.not(Set.of(id(1, 2))), 0).orElseThrow();
      for (int i = 0; i < 3; i++) {
        view.observe(bad, Duration.ZERO, Outcome.REFUSED, System.nanoTime());
      }
      Ejection ejection = Optional.ofNullable(ejections.poll(20, TimeUnit.SECONDS)).orElseThrow();

      assertThat(ejection.instance()).isEqualTo(id(0, 1));
      assertThat(ejection.reason()).isEqualTo(EjectionReason.CONNECT);
      Target trial = awaitTrial(view);
      assertThat(trial.instance()).isEqualTo(id(0, 1));
      for (int i = 0; i < 10; i++) {
        assertThat(view.acquire(WEB, REPEATABLE, System.nanoTime()).orElseThrow().instance())
            .as("one request is enough for a trial")
            .isEqualTo(id(1, 2));
      }
      view.observe(trial, Duration.ofMillis(1), Outcome.ANSWERED, System.nanoTime());
      view.release(trial);
      awaitPicked(view, id(0, 1));
    }
  }

  @Test
  void howLongATryGoesOnIsLearnedFromTheAnswers() throws Exception {
    try (FakeHub hub = FakeHub.serving(view(1, web(endpoint(0, 1, 8001), endpoint(1, 2, 8002))));
        FollowedView view = follow(hub.address())) {
      hub.awaitAck(1);
      assertThat(tryLimit(view)).isEqualTo(Duration.ofSeconds(2));

      answer(view, id(1, 2), Duration.ofMillis(1));
      answer(view, id(0, 1), Duration.ofMillis(1));

      while (!tryLimit(view).equals(Duration.ofMillis(100))) {
        Thread.onSpinWait();
      }
    }
  }

  @Test
  void oneThatHangsAttractsNothingFromThenOn() throws Exception {
    try (FakeHub hub = FakeHub.serving(view(1, web(endpoint(0, 1, 8001), endpoint(1, 2, 8002))));
        FollowedView view = follow(hub.address())) {
      hub.awaitAck(1);
      answer(view, id(1, 2), Duration.ofMillis(1));
      answer(view, id(0, 1), Duration.ofMillis(2));
      long now = System.nanoTime();
      Target hanging = view.acquire(WEB, Wanted.not(Set.of(id(0, 1))), now).orElseThrow();
      long later = now + Duration.ofMillis(5).toNanos();

      for (int busy = 0; busy < 3; busy++) {
        assertThat(view.acquire(WEB, Wanted.any(), later).orElseThrow().instance())
            .as("with %d on the other one", busy)
            .isEqualTo(id(0, 1));
      }
      view.observe(hanging, Duration.ofMillis(1), Outcome.ANSWERED, later);
      assertThat(view.acquire(WEB, Wanted.any(), later).orElseThrow().instance())
          .isEqualTo(id(1, 2));
    }
  }

  private static void answer(FollowedView view, InstanceId instance, Duration took) {
    long now = System.nanoTime();
    Set<InstanceId> other = Set.of(instance.slot() == 0 ? id(1, 2) : id(0, 1));
    for (int i = 0; i < 20; i++) {
      Target target = view.acquire(WEB, Wanted.not(other), now).orElseThrow();
      view.observe(target, took, Outcome.ANSWERED, now);
      view.release(target);
    }
  }

  private static Duration tryLimit(FollowedView view) {
    return view.table().service(WEB).orElseThrow().tryLimit();
  }

  private static Target awaitTrial(FollowedView view) {
    while (true) {
      Target picked = view.acquire(WEB, REPEATABLE, System.nanoTime()).orElseThrow();
      if (picked.isOnTrial()) {
        return picked;
      }
      Thread.onSpinWait();
    }
  }

  private static void awaitPicked(FollowedView view, InstanceId instance) {
    while (!picked(view).equals(Optional.of(instance))) {
      Thread.onSpinWait();
    }
  }

  private final Watcher watcher =
      new Watcher() {
        @Override
        public void changed(RouteTable table) {
          tables.add(table);
        }

        @Override
        public void ejected(Ejection ejection) {
          ejections.add(ejection);
        }
      };

  private FollowedView follow(InetSocketAddress... supervisors) {
    return FollowedView.start(
        SupervisorChannels.open(),
        List.of(supervisors),
        Subscriber.named("test"),
        Optional.of(data),
        watcher,
        thread);
  }

  private RouteTable awaitTable() throws InterruptedException {
    return Optional.ofNullable(tables.poll(20, TimeUnit.SECONDS)).orElseThrow();
  }

  private static Optional<InstanceId> picked(FollowedView view, InstanceId... avoid) {
    Optional<Target> target = view.acquire(WEB, Wanted.not(Set.of(avoid)), System.nanoTime());
    target.ifPresent(view::forgo);
    return target.map(Target::instance);
  }

  private static InetSocketAddress nobody() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return (InetSocketAddress) socket.getLocalSocketAddress();
    }
  }
}
