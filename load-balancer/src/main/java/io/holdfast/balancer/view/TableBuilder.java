package io.holdfast.balancer.view;

import io.holdfast.core.InstanceId;
import io.holdfast.core.ServiceName;
import io.holdfast.core.routing.Endpoint;
import io.holdfast.core.routing.RoutingView;
import io.holdfast.core.routing.ServiceRoute;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns views into tables and carries the traffic figures from one to the next. Used by one actor.
 *
 * <p>The figures of an instance that has left are kept while requests run on it: it may come back
 * to be drained, and its count must then include them.
 */
final class TableBuilder {

  private final Map<InstanceId, Traffic> instances = new HashMap<>();
  private final Map<ServiceName, ServiceTraffic> services = new HashMap<>();
  private final HealthWatch health;

  TableBuilder(HealthWatch health) {
    this.health = health;
  }

  RouteTable table(RoutingView view, long nowNanos) {
    RouteTable table = RouteTable.of(view, route -> routed(route, nowNanos));
    instances.entrySet().removeIf(e -> !table.holds(e.getKey()) && e.getValue().inFlight() == 0);
    services.keySet().removeIf(name -> table.service(name).isEmpty());
    return table;
  }

  private RoutedService routed(ServiceRoute route, long nowNanos) {
    Map<InstanceId, Target> targets = new HashMap<>();
    route.endpoints().forEach((id, endpoint) -> targets.put(id, target(endpoint)));
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

  private Target target(Endpoint endpoint) {
    InstanceId id = endpoint.instance();
    return Target.of(
        endpoint,
        health.of(id.service()).rank(endpoint),
        instances.computeIfAbsent(id, _ -> new Traffic()));
  }
}
