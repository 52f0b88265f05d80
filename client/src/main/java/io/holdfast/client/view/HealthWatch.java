package io.holdfast.client.view;

import io.holdfast.client.view.ServiceHealth.Look;
import io.holdfast.core.InstanceId;
import io.holdfast.core.ServiceName;
import io.holdfast.core.balancing.Ejections.Ejection;
import io.holdfast.core.balancing.SelfDoubt;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/** Takes out endpoints that requests from here fare badly with; used by the follower alone. */
final class HealthWatch {

  private final Map<ServiceName, ServiceHealth> services = new HashMap<>();
  private final Consumer<Ejection> onEjection;

  HealthWatch(Consumer<Ejection> onEjection) {
    this.onEjection = onEjection;
  }

  /** Looks at all services; true when the table has to be made anew. */
  boolean look(RouteTable table, long nowNanos) {
    services.keySet().removeIf(name -> table.service(name).isEmpty());
    Look look = look(nowNanos);
    return table.services().map(service -> look(service, look)).reduce(false, Boolean::logicalOr);
  }

  /** Looks at one service, some request on which has just failed. */
  boolean look(RouteTable table, ServiceName name, long nowNanos) {
    return table.service(name).filter(service -> look(service, look(nowNanos))).isPresent();
  }

  ServiceHealth of(ServiceName name) {
    return services.computeIfAbsent(name, _ -> new ServiceHealth());
  }

  boolean isOnTrial(InstanceId instance) {
    return of(instance.service()).isOnTrial(instance);
  }

  private boolean look(RoutedService service, Look look) {
    List<Ejection> ejected = new ArrayList<>();
    boolean changed = of(service.name()).look(service, look, ejected);
    ejected.forEach(onEjection);
    return changed;
  }

  /** Whether it is rather this balancer that is ill. */
  boolean isDoubtful() {
    return SelfDoubt.from(services.values().stream().map(ServiceHealth::impression).toList());
  }

  private Look look(long nowNanos) {
    return new Look(isDoubtful(), ThreadLocalRandom.current().nextDouble(), nowNanos);
  }
}
