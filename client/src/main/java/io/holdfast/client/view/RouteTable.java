package io.holdfast.client.view;

import io.holdfast.core.InstanceId;
import io.holdfast.core.ServiceName;
import io.holdfast.core.routing.RoutingView;
import io.holdfast.core.routing.ServiceRoute;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** One version of the routing view, made for look-ups; immutable but for the traffic figures. */
public final class RouteTable {

  private static final String LOCALHOST = ".localhost";
  private static final String HOLDFAST = ".holdfast";

  private final boolean held;
  private final long version;
  private final Map<String, RoutedService> byName;
  private final Map<String, RoutedService> byHost;

  private RouteTable(
      boolean held,
      long version,
      Map<String, RoutedService> byName,
      Map<String, RoutedService> byHost) {
    this.held = held;
    this.version = version;
    this.byName = Map.copyOf(byName);
    this.byHost = Map.copyOf(byHost);
  }

  /** The table before any view is held. */
  static RouteTable none() {
    return new RouteTable(false, 0, Map.of(), Map.of());
  }

  /** The view as a table, each of its services as the function makes it. */
  static RouteTable of(RoutingView view, Function<ServiceRoute, RoutedService> routed) {
    Map<String, RoutedService> byName = new HashMap<>();
    Map<String, RoutedService> byHost = new HashMap<>();
    for (ServiceRoute route : view.services().values()) {
      RoutedService service = routed.apply(route);
      byName.put(route.service().value(), service);
      // Services come in the order of their names: who is first keeps a host that two ask for.
      route.policy().host().ifPresent(host -> byHost.putIfAbsent(host, service));
    }
    return new RouteTable(true, view.version(), byName, byHost);
  }

  /** False until the first view has come, from a supervisor or from the disk. */
  public boolean isHeld() {
    return held;
  }

  public long version() {
    return version;
  }

  /**
   * The service that a host name without its port, in lower case, stands for. A service's own names
   * win over a host that another asks for.
   */
  public Optional<RoutedService> byHost(String host) {
    return Optional.ofNullable(byName.get(label(host)))
        .or(() -> Optional.ofNullable(byHost.get(host)));
  }

  public Optional<RoutedService> byName(String service) {
    return Optional.ofNullable(byName.get(service));
  }

  /** The same service in this table. */
  public Optional<RoutedService> service(ServiceName name) {
    return byName(name.value());
  }

  /** Whether the instance is in the view, in any state. */
  public boolean holds(InstanceId instance) {
    return service(instance.service()).flatMap(s -> s.target(instance)).isPresent();
  }

  boolean takes(InstanceId instance) {
    return service(instance.service()).filter(service -> service.takes(instance)).isPresent();
  }

  boolean drains(InstanceId instance) {
    return service(instance.service())
        .flatMap(service -> service.target(instance))
        .filter(Target::isDraining)
        .isPresent();
  }

  public Stream<RoutedService> services() {
    return byName.values().stream();
  }

  Stream<Target> draining() {
    return byName.values().stream()
        .flatMap(service -> service.targets().values().stream())
        .filter(Target::isDraining);
  }

  private static String label(String host) {
    if (host.endsWith(LOCALHOST)) {
      return host.substring(0, host.length() - LOCALHOST.length());
    }
    return host.endsWith(HOLDFAST) ? host.substring(0, host.length() - HOLDFAST.length()) : host;
  }
}
