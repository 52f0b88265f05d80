package io.holdfast.client.view;

import io.holdfast.core.InstanceId;
import io.holdfast.core.ServiceName;
import io.holdfast.core.balancing.Rank;
import io.holdfast.core.balancing.Standing;
import io.holdfast.core.balancing.WarmUp;
import io.holdfast.core.routing.Endpoint;
import io.holdfast.core.routing.RoutingView;
import io.holdfast.core.routing.ServiceRoute;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns views into tables and carries the traffic figures from one to the next. Used by the
 * follower alone.
 *
 * <p>The figures of an instance that has left are kept while requests run on it: it may come back
 * to be drained, and its count must then include them.
 */
final class TableBuilder {

  /** Nothing warms up for longer. */
  private static final Duration LONGEST_AGE = Duration.ofDays(366);

  private final Map<InstanceId, Traffic> instances = new HashMap<>();
  private final Map<ServiceName, ServiceTraffic> services = new HashMap<>();
  private final HealthWatch health;
  private final Subscriber subscriber;

  TableBuilder(HealthWatch health, Subscriber subscriber) {
    this.health = health;
    this.subscriber = subscriber;
  }

  RouteTable table(RoutingView view, long nowNanos) {
    RouteTable table = RouteTable.of(view, route -> routed(route, nowNanos));
    instances.entrySet().removeIf(e -> !table.holds(e.getKey()) && e.getValue().inFlight() == 0);
    services.keySet().removeIf(name -> table.service(name).isEmpty());
    return table;
  }

  private RoutedService routed(ServiceRoute route, long nowNanos) {
    Map<InstanceId, Target> targets = new HashMap<>();
    Map<InstanceId, Long> ages = ages(route, nowNanos);
    long oldest = ages.values().stream().mapToLong(age -> age).max().orElse(0);
    route
        .endpoints()
        .forEach(
            (id, endpoint) -> {
              long since = nowNanos - ages.getOrDefault(id, oldest);
              Duration window = route.policy().slowStart();
              WarmUp warmUp = new WarmUp(window, since, nowNanos - oldest);
              targets.put(id, target(endpoint, warmUp));
            });
    List<Target> trials =
        targets.values().stream()
            .filter(target -> health.isOnTrial(target.instance()) && !target.isDraining())
            .map(Target::forTrial)
            .toList();
    ServiceTraffic traffic =
        services.computeIfAbsent(
            route.service(), name -> new ServiceTraffic(route.policy().retries(), nowNanos));
    return new RoutedService(route.service(), route.policy(), targets, trials, traffic);
  }

  /** Since when each has taken its share, in nanoseconds: of those that are well alone. */
  private Map<InstanceId, Long> ages(ServiceRoute route, long nowNanos) {
    Map<InstanceId, Long> ages = new HashMap<>();
    ServiceHealth seen = health.of(route.service());
    for (Endpoint endpoint : route.endpoints().values()) {
      if (seen.rank(endpoint) == Rank.WELL) {
        long ready = age(endpoint.readySince());
        long age =
            seen.standing(endpoint.instance()) instanceof Standing.Returned(_, long since)
                ? Math.min(ready, nowNanos - since)
                : ready;
        ages.put(endpoint.instance(), age);
      }
    }
    return ages;
  }

  /** Clocks differ: who seems to become ready later than now has just done so. */
  private static long age(Instant readySince) {
    Duration age = Duration.between(readySince, Instant.now());
    return Math.clamp(age.toSeconds(), 0, LONGEST_AGE.toSeconds()) == age.toSeconds()
        ? age.toNanos()
        : age.isNegative() ? 0 : LONGEST_AGE.toNanos();
  }

  private Target target(Endpoint endpoint, WarmUp warmUp) {
    InstanceId id = endpoint.instance();
    return Target.of(
        endpoint,
        health.of(id.service()).rank(endpoint),
        subscriber.isNear(endpoint),
        warmUp,
        instances.computeIfAbsent(id, _ -> new Traffic()));
  }
}
