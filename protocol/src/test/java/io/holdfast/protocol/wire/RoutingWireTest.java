package io.holdfast.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.holdfast.core.InstanceId;
import io.holdfast.core.NodeId;
import io.holdfast.core.ServiceName;
import io.holdfast.core.routing.Endpoint;
import io.holdfast.core.routing.EndpointState;
import io.holdfast.core.routing.RoutingView;
import io.holdfast.core.routing.ServiceRoute;
import io.holdfast.core.spec.BalancingPolicy;
import io.holdfast.core.spec.Entrance;
import io.holdfast.core.spec.Hedging;
import io.holdfast.core.spec.OutlierPolicy;
import io.holdfast.core.spec.RetryOn;
import io.holdfast.core.spec.RetryPolicy;
import io.holdfast.core.spec.RoutingPolicy;
import io.holdfast.core.spec.TryTimeout;
import io.holdfast.protocol.routing.Delta;
import io.holdfast.protocol.routing.FullView;
import io.holdfast.protocol.routing.ServiceDelta;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class RoutingWireTest {

  private static final String HUB = "hub-1";

  @Test
  void aViewComesBackAsItWas() {
    Random random = new Random(1);
    for (int round = 0; round < 200; round++) {
      RoutingView view = view(round, random);
      assertThat(RoutingWire.view(RoutingWire.full(view))).isEqualTo(view);
    }
  }

  @Test
  void aDeltaLeadsFromAnyViewToAnyNext() {
    Random random = new Random(2);
    RoutingView held = RoutingView.empty(HUB);
    for (int version = 1; version <= 500; version++) {
      RoutingView next = view(version, random);
      held = RoutingWire.apply(held, RoutingWire.delta(held, next));
      assertThat(held).isEqualTo(next);
    }
  }

  @Test
  void aDeltaHoldsOnlyWhatChanged() {
    ServiceName web = new ServiceName("web");
    ServiceName db = new ServiceName("db");
    ServiceRoute before = route(web, endpoint(web, 0, 1), endpoint(web, 1, 2));
    RoutingView first = view(1, before, route(db, endpoint(db, 0, 1)));
    RoutingView second =
        view(2, before.without(new InstanceId(web, 0, 1)), route(db, endpoint(db, 0, 1)));

    Delta delta = RoutingWire.delta(first, second);

    ServiceDelta change = delta.getChanged(0);
    assertThat(delta.getChangedCount()).isEqualTo(1);
    assertThat(change.hasPolicy()).isFalse();
    assertThat(change.getUpsertedCount()).isZero();
    assertThat(change.getRemovedList()).extracting(ref -> ref.getSlot()).containsExactly(0);
  }

  @Test
  void aDeltaThatDoesNotFollowIsRefused() {
    RoutingView held = RoutingView.empty(HUB);

    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> RoutingWire.apply(held, Delta.newBuilder().setVersion(2).build()))
        .withMessage("view 2 does not follow view 0");
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> RoutingWire.apply(held, Delta.newBuilder().setVersion(0).build()));
  }

  @Test
  void viewsOfTwoHubsOrWithAGapHaveNoDelta() {
    RoutingView held = RoutingView.empty(HUB);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> RoutingWire.delta(held, new RoutingView("hub-2", 1, new TreeMap<>())));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RoutingWire.delta(held, new RoutingView(HUB, 2, new TreeMap<>())));
  }

  @Test
  void whatNoHubCouldMeanIsRefused() {
    ServiceName web = new ServiceName("web");
    FullView good = RoutingWire.full(view(1, route(web, endpoint(web, 0, 1))));
    var service = good.getServices(0);

    assertRefused(good.toBuilder().addServices(service));
    assertRefused(good.toBuilder().setServices(0, service.toBuilder().setService("db")));
    assertRefused(good.toBuilder().setServices(0, service.toBuilder().clearPolicy()));
    assertRefused(
        good.toBuilder()
            .setServices(
                0,
                service.toBuilder()
                    .setEndpoints(0, service.getEndpoints(0).toBuilder().setPort(70_000))));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                RoutingWire.apply(
                    RoutingView.empty(HUB),
                    Delta.newBuilder()
                        .setVersion(1)
                        .addChanged(ServiceDelta.newBuilder().setService("web"))
                        .build()));
  }

  private static void assertRefused(FullView.Builder view) {
    assertThatIllegalArgumentException().isThrownBy(() -> RoutingWire.view(view.build()));
  }

  private static RoutingView view(long version, ServiceRoute... routes) {
    SortedMap<ServiceName, ServiceRoute> services = new TreeMap<>();
    for (ServiceRoute route : routes) {
      services.put(route.service(), route);
    }
    return new RoutingView(HUB, version, services);
  }

  private static RoutingView view(long version, Random random) {
    List<ServiceRoute> routes = new ArrayList<>();
    for (String name : List.of("web", "db", "queue", "mail")) {
      if (random.nextInt(4) > 0) {
        routes.add(route(new ServiceName(name), random));
      }
    }
    return view(version, routes.toArray(ServiceRoute[]::new));
  }

  private static Hedging hedging(Random random) {
    return switch (random.nextInt(3)) {
      case 0 -> new Hedging.Off();
      case 1 -> new Hedging.Learned();
      default -> new Hedging.After(Duration.ofMillis(1 + random.nextInt(2)));
    };
  }

  private static ServiceRoute route(ServiceName service, Random random) {
    List<Endpoint> endpoints = new ArrayList<>();
    for (int slot = 0; slot < 4; slot++) {
      if (random.nextBoolean()) {
        EndpointState[] states = EndpointState.values();
        endpoints.add(
            endpoint(service, slot, 1 + random.nextInt(3))
                .with(states[random.nextInt(states.length)]));
      }
    }
    return ServiceRoute.of(service, policy(random), endpoints);
  }

  private static RoutingPolicy policy(Random random) {
    BalancingPolicy[] policies = BalancingPolicy.values();
    return new RoutingPolicy(
        policies[random.nextInt(policies.length)],
        random.nextBoolean() ? Optional.of("shop.example.com") : Optional.empty(),
        Duration.ofMillis(3 + random.nextInt(2)),
        Duration.ofMillis(250),
        random.nextBoolean()
            ? new TryTimeout.Learned()
            : new TryTimeout.Fixed(Duration.ofMillis(1 + random.nextInt(2))),
        new RetryPolicy(
            random.nextInt(3),
            0.2,
            10,
            random.nextBoolean() ? RetryOn.ALL : Set.of(RetryOn.CONNECT, RetryOn.TIMEOUT),
            hedging(random)),
        new OutlierPolicy(1 + random.nextInt(2), 0.5, Duration.ofSeconds(1), Duration.ofSeconds(2)),
        Duration.ofMillis(random.nextInt(2)),
        random.nextBoolean()
            ? Entrance.shared()
            : new Entrance.Own(
                1 + random.nextInt(65_535),
                random.nextBoolean() ? Entrance.Mode.HTTP : Entrance.Mode.TCP));
  }

  private static ServiceRoute route(ServiceName service, Endpoint... endpoints) {
    return ServiceRoute.of(service, RoutingPolicy.DEFAULT, List.of(endpoints));
  }

  private static Endpoint endpoint(ServiceName service, int slot, long epoch) {
    return new Endpoint(
        new InstanceId(service, slot, epoch),
        new NodeId("node-a"),
        "127.0.0.1",
        20_000 + slot,
        EndpointState.OK,
        Endpoint.USUAL_WEIGHT,
        slot % 2 == 0 ? "" : "zone-a",
        Instant.ofEpochMilli(1_700_000_000_123L + epoch));
  }
}
