package io.holdfast.supervisor.routing;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.FishingOutcomes;
import akka.actor.testkit.typed.javadsl.ManualTime;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import io.holdfast.core.InstanceId;
import io.holdfast.core.NodeId;
import io.holdfast.core.ServiceName;
import io.holdfast.core.routing.Endpoint;
import io.holdfast.core.routing.EndpointState;
import io.holdfast.core.routing.Offer;
import io.holdfast.core.routing.RoutingView;
import io.holdfast.core.routing.ServiceRoute;
import io.holdfast.core.spec.RoutingPolicy;
import io.holdfast.supervisor.metrics.SupervisorMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class RoutingHubTest {

  private static final ServiceName WEB = new ServiceName("web");
  private static final ServiceName API = new ServiceName("api");
  private static final InstanceId WEB_1 = new InstanceId(WEB, 0, 1);
  private static final InstanceId WEB_2 = new InstanceId(WEB, 1, 2);

  private final ActorTestKit kit = ActorTestKit.create(ManualTime.config());
  private final ManualTime time = ManualTime.get(kit.system());
  private final TestProbe<RoutingView> balancer = kit.createTestProbe();
  private final ActorRef<RoutingHub.Command> hub =
      kit.spawn(
          RoutingHub.create(
              "hub-1",
              new SupervisorMetrics(new PrometheusRegistry(), Clock.systemUTC()),
              view -> {}));

  @AfterEach
  void end() {
    kit.shutdownTestKit();
  }

  @Test
  void showsNothingUntilEveryNamedServiceHasPublished() {
    follow();
    hub.tell(new RoutingHub.Expect(Set.of(WEB, API)));
    hub.tell(new RoutingHub.Publish(route(WEB, WEB_1), 1));
    balancer.expectNoMessage(Duration.ZERO);
    hub.tell(new RoutingHub.Publish(route(API), 1));
    assertThat(balancer.receiveMessage().services().keySet()).containsExactly(API, WEB);
  }

  @Test
  void waitsOnlySoLongForServicesThatStaySilent() {
    follow();
    hub.tell(new RoutingHub.Expect(Set.of(WEB, API)));
    hub.tell(new RoutingHub.Publish(route(WEB, WEB_1), 1));
    awaitHeard();
    balancer.expectNoMessage(Duration.ZERO);
    time.timePasses(RoutingHub.LONGEST_GATHERING);
    assertThat(balancer.receiveMessage().services().keySet()).containsExactly(WEB);
  }

  @Test
  void aDeathNoticeOvertakesTheServiceAndOlderRoutesCannotUndoIt() {
    complete(route(WEB, WEB_1, WEB_2));
    hub.tell(new RoutingHub.Died(WEB_1, Instant.now()));
    assertThat(endpoints(balancer.receiveMessage())).containsExactly(WEB_2);
    hub.tell(new RoutingHub.Publish(route(WEB, WEB_1, WEB_2), 2));
    hub.tell(new RoutingHub.Publish(route(API), 3));
    assertThat(endpoints(balancer.receiveMessage())).containsExactly(WEB_2);
  }

  @Test
  void aDeathBringsTheStandbyIntoTheSameViewBeforeTheServiceHasSaidAnything() {
    complete(new Offer(route(WEB, WEB_1).route(), List.of(endpoint(WEB_2))));
    hub.tell(new RoutingHub.Died(WEB_1, Instant.now()));
    assertThat(endpoints(balancer.receiveMessage())).containsExactly(WEB_2);
  }

  @Test
  void aDrainIsOverOnceEveryBalancerHasSeenItAndFinished() {
    complete(route(WEB, WEB_1));
    TestProbe<InstanceId> drained = kit.createTestProbe();
    hub.tell(new RoutingHub.Publish(draining(WEB_1), 2));
    long version = balancer.receiveMessage().version();
    hub.tell(new RoutingHub.AwaitDrained(WEB_1, drained.ref()));
    acknowledge(version - 1, Map.of());
    acknowledge(version, Map.of(WEB_1, 3));
    drained.expectNoMessage(Duration.ZERO);
    acknowledge(version, Map.of());
    assertThat(drained.receiveMessage()).isEqualTo(WEB_1);
  }

  @Test
  void aHubThatNobodyHasToldTheNamesShowsNothingHoweverLongItTakes() {
    follow();
    hub.tell(new RoutingHub.Publish(route(WEB, WEB_1), 1));
    awaitHeard();
    time.timePasses(RoutingHub.LONGEST_GATHERING.multipliedBy(2));
    balancer.expectNoMessage(Duration.ZERO);
  }

  @Test
  void aHubThatComesLaterShowsWhatACompleteOneKnowsTheDeadAsWell() {
    complete(route(WEB, WEB_1, WEB_2));
    hub.tell(new RoutingHub.Died(WEB_1, Instant.now()));
    balancer.receiveMessage();

    ActorRef<RoutingHub.Command> later = anotherHub();
    TestProbe<RoutingView> other = kit.createTestProbe();
    later.tell(new RoutingHub.Follow(other.ref(), 0));

    assertThat(endpoints(other.receiveMessage())).containsExactly(WEB_2);
  }

  @Test
  void whatOneHubHearsAllShow() {
    complete(route(WEB, WEB_1, WEB_2));
    ActorRef<RoutingHub.Command> other = anotherHub();
    TestProbe<RoutingView> follower = kit.createTestProbe();
    other.tell(new RoutingHub.Follow(follower.ref(), 0));
    follower.receiveMessage();

    other.tell(new RoutingHub.Died(WEB_1, Instant.now()));

    assertThat(endpoints(balancer.receiveMessage())).containsExactly(WEB_2);
  }

  @Test
  void aDrainWaitsForTheBalancersOfAllHubs() {
    complete(route(WEB, WEB_1));
    ActorRef<RoutingHub.Command> other = anotherHub();
    TestProbe<RoutingView> follower = kit.createTestProbe();
    other.tell(new RoutingHub.Follow(follower.ref(), 0));
    follower.receiveMessage();
    TestProbe<InstanceId> drained = kit.createTestProbe();

    hub.tell(new RoutingHub.Publish(draining(WEB_1), 2));
    hub.tell(new RoutingHub.AwaitDrained(WEB_1, drained.ref()));
    acknowledge(balancer.receiveMessage().version(), Map.of());
    drained.expectNoMessage(Duration.ZERO);
    other.tell(
        new RoutingHub.Acknowledge(follower.ref(), follower.receiveMessage().version(), Map.of()));

    assertThat(drained.receiveMessage()).isEqualTo(WEB_1);
  }

  @Test
  void aBalancerThatComesFromAnotherHubIsShownNoLowerVersion() {
    complete(route(WEB, WEB_1));
    TestProbe<RoutingView> guest = kit.createTestProbe();
    hub.tell(new RoutingHub.Follow(guest.ref(), 41));
    assertThat(guest.receiveMessage().version()).isEqualTo(42);
    assertThat(balancer.receiveMessage().version()).as("the same view for all").isEqualTo(42);
  }

  @Test
  void aBalancerThatGoesAwayHoldsUpNoDrain() {
    complete(route(WEB, WEB_1));
    TestProbe<InstanceId> drained = kit.createTestProbe();
    hub.tell(new RoutingHub.Publish(draining(WEB_1), 2));
    balancer.receiveMessage();
    hub.tell(new RoutingHub.AwaitDrained(WEB_1, drained.ref()));
    drained.expectNoMessage(Duration.ZERO);
    balancer.stop();
    assertThat(drained.receiveMessage()).isEqualTo(WEB_1);
  }

  @Test
  void answersALongPollAtOnceForAnUnknownVersionAndElseWithTheNextChange() {
    complete(route(WEB, WEB_1));
    TestProbe<RoutingView> poll = kit.createTestProbe();
    hub.tell(new RoutingHub.AwaitView("another", 1, Duration.ofSeconds(30), poll.ref()));
    long seen = poll.receiveMessage().version();
    hub.tell(new RoutingHub.AwaitView("hub-1", seen, Duration.ofSeconds(30), poll.ref()));
    poll.expectNoMessage(Duration.ZERO);
    hub.tell(new RoutingHub.Died(WEB_1, Instant.now()));
    assertThat(poll.receiveMessage().version()).isEqualTo(seen + 1);
  }

  @Test
  void endsALongPollWithTheSameViewWhenNothingChanges() {
    complete(route(WEB, WEB_1));
    TestProbe<RoutingView> poll = kit.createTestProbe();
    hub.tell(new RoutingHub.AwaitView("hub-1", 1, Duration.ofSeconds(30), poll.ref()));
    poll.expectNoMessage(Duration.ZERO);
    time.timePasses(Duration.ofSeconds(30));
    assertThat(poll.receiveMessage().version()).isEqualTo(1);
  }

  private ActorRef<RoutingHub.Command> anotherHub() {
    return kit.spawn(
        RoutingHub.create(
            "hub-2",
            new SupervisorMetrics(new PrometheusRegistry(), Clock.systemUTC()),
            view -> {}));
  }

  /** Until the hub has done all that it was told before. */
  private void awaitHeard() {
    TestProbe<RoutingHub.Command> copier = kit.createTestProbe();
    hub.tell(new RoutingHub.Copy(copier.ref()));
    copier.fishForMessage(
        Duration.ofSeconds(10),
        message ->
            message instanceof RoutingHub.Copied
                ? FishingOutcomes.complete()
                : FishingOutcomes.continueAndIgnore());
  }

  private void follow() {
    hub.tell(new RoutingHub.Follow(balancer.ref(), 0));
  }

  private void complete(Offer route) {
    hub.tell(new RoutingHub.Expect(Set.of(WEB)));
    hub.tell(new RoutingHub.Publish(route, 1));
    follow();
    balancer.receiveMessage();
  }

  private void acknowledge(long version, Map<InstanceId, Integer> inFlight) {
    hub.tell(new RoutingHub.Acknowledge(balancer.ref(), version, inFlight));
  }

  private static Iterable<InstanceId> endpoints(RoutingView view) {
    return view.services().getOrDefault(WEB, route(WEB).route()).endpoints().keySet();
  }

  private static Offer route(ServiceName service, InstanceId... instances) {
    return Offer.of(
        ServiceRoute.of(
            service,
            RoutingPolicy.DEFAULT,
            Arrays.stream(instances).map(RoutingHubTest::endpoint).toList()));
  }

  private static Offer draining(InstanceId instance) {
    return Offer.of(
        ServiceRoute.of(
            instance.service(),
            RoutingPolicy.DEFAULT,
            List.of(endpoint(instance).with(EndpointState.DRAINING))));
  }

  private static Endpoint endpoint(InstanceId instance) {
    return new Endpoint(
        instance,
        new NodeId("node-a"),
        "127.0.0.1",
        20_000,
        EndpointState.OK,
        Endpoint.USUAL_WEIGHT,
        "",
        Instant.EPOCH);
  }
}
