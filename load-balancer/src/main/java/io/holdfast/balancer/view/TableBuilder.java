package io.holdfast.balancer.view;

import io.holdfast.core.InstanceId;
import io.holdfast.core.ServiceName;
import io.holdfast.core.routing.RoutingView;
import io.holdfast.core.routing.ServiceRoute;
import java.util.HashMap;
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

  RouteTable table(RoutingView view, long nowNanos) {
    RouteTable table =
        RouteTable.of(
            view,
            instance -> instances.computeIfAbsent(instance, id -> new Traffic()),
            route -> serviceTraffic(route, nowNanos));
    instances.entrySet().removeIf(e -> !table.holds(e.getKey()) && e.getValue().inFlight() == 0);
    services.keySet().removeIf(name -> table.service(name).isEmpty());
    return table;
  }

  private ServiceTraffic serviceTraffic(ServiceRoute route, long nowNanos) {
    return services.computeIfAbsent(
        route.service(), name -> new ServiceTraffic(route.policy().retries(), nowNanos));
  }
}
