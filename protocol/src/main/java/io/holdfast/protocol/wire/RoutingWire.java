package io.holdfast.protocol.wire;

import io.holdfast.core.InstanceId;
import io.holdfast.core.ServiceName;
import io.holdfast.core.routing.Endpoint;
import io.holdfast.core.routing.RoutingView;
import io.holdfast.core.routing.ServiceRoute;
import io.holdfast.protocol.routing.Delta;
import io.holdfast.protocol.routing.FullView;
import io.holdfast.protocol.routing.InstanceRef;
import io.holdfast.protocol.routing.ServiceDelta;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Views, whole or as the difference between two that follow one another.
 *
 * <p>{@code apply(before, delta(before, after))} equals {@code after}.
 */
public final class RoutingWire {

  private RoutingWire() {}

  public static FullView full(RoutingView view) {
    var wire = FullView.newBuilder().setIncarnation(view.incarnation()).setVersion(view.version());
    view.services().values().forEach(route -> wire.addServices(route(route)));
    return wire.build();
  }

  /**
   * The view that {@link #full} was given.
   *
   * @throws IllegalArgumentException for what no hub could mean
   */
  public static RoutingView view(FullView wire) {
    Wire.expect(wire.getVersion() >= 0, "a version from 0");
    SortedMap<ServiceName, ServiceRoute> services = new TreeMap<>();
    for (var service : wire.getServicesList()) {
      ServiceRoute route = route(service);
      Wire.expect(services.put(route.service(), route) == null, "each service once");
    }
    return new RoutingView(wire.getIncarnation(), wire.getVersion(), services);
  }

  /**
   * What has to be told to a subscriber that holds {@code before}.
   *
   * @throws IllegalArgumentException when {@code after} is not the next version of the same hub
   */
  public static Delta delta(RoutingView before, RoutingView after) {
    Wire.expect(before.incarnation().equals(after.incarnation()), "views of one hub");
    Wire.expect(after.version() == before.version() + 1, "views that follow one another");
    Delta.Builder wire = Delta.newBuilder().setVersion(after.version());
    for (ServiceRoute next : after.services().values()) {
      Optional<ServiceRoute> last = Optional.ofNullable(before.services().get(next.service()));
      if (!last.equals(Optional.of(next))) {
        wire.addChanged(change(last, next));
      }
    }
    before.services().keySet().stream()
        .filter(service -> !after.services().containsKey(service))
        .forEach(service -> wire.addRemovedServices(service.value()));
    return wire.build();
  }

  /**
   * The view after the change.
   *
   * @throws IllegalStateException when the delta does not start at {@code before}
   * @throws IllegalArgumentException for what no hub could mean
   */
  public static RoutingView apply(RoutingView before, Delta delta) {
    if (delta.getVersion() != before.version() + 1) {
      throw new IllegalStateException(
          "view " + delta.getVersion() + " does not follow view " + before.version());
    }
    SortedMap<ServiceName, ServiceRoute> services = new TreeMap<>(before.services());
    delta.getRemovedServicesList().forEach(name -> services.remove(new ServiceName(name)));
    for (ServiceDelta change : delta.getChangedList()) {
      ServiceName service = new ServiceName(change.getService());
      services.put(service, changed(service, Optional.ofNullable(services.get(service)), change));
    }
    return new RoutingView(before.incarnation(), delta.getVersion(), services);
  }

  private static ServiceDelta change(Optional<ServiceRoute> last, ServiceRoute next) {
    ServiceDelta.Builder wire = ServiceDelta.newBuilder().setService(next.service().value());
    if (!last.map(ServiceRoute::policy).equals(Optional.of(next.policy()))) {
      wire.setPolicy(PolicyWire.toWire(next.policy()));
    }
    SortedMap<InstanceId, Endpoint> known =
        last.map(ServiceRoute::endpoints).orElseGet(TreeMap::new);
    next.endpoints().values().stream()
        .filter(endpoint -> !endpoint.equals(known.get(endpoint.instance())))
        .forEach(endpoint -> wire.addUpserted(EndpointWire.toWire(endpoint)));
    known.keySet().stream()
        .filter(instance -> !next.endpoints().containsKey(instance))
        .forEach(instance -> wire.addRemoved(EndpointWire.ref(instance)));
    return wire.build();
  }

  private static ServiceRoute changed(
      ServiceName service, Optional<ServiceRoute> last, ServiceDelta change) {
    Wire.expect(change.hasPolicy() || last.isPresent(), "a policy for a new service");
    SortedMap<InstanceId, Endpoint> endpoints =
        new TreeMap<>(last.map(ServiceRoute::endpoints).orElseGet(TreeMap::new));
    for (InstanceRef removed : change.getRemovedList()) {
      endpoints.remove(EndpointWire.id(removed));
    }
    endpoints(service, change.getUpsertedList())
        .forEach(endpoint -> endpoints.put(endpoint.instance(), endpoint));
    return new ServiceRoute(
        service,
        change.hasPolicy() ? PolicyWire.fromWire(change.getPolicy()) : last.orElseThrow().policy(),
        endpoints);
  }

  private static io.holdfast.protocol.routing.ServiceRoute route(ServiceRoute route) {
    var wire =
        io.holdfast.protocol.routing.ServiceRoute.newBuilder()
            .setService(route.service().value())
            .setPolicy(PolicyWire.toWire(route.policy()));
    route.endpoints().values().forEach(e -> wire.addEndpoints(EndpointWire.toWire(e)));
    return wire.build();
  }

  private static ServiceRoute route(io.holdfast.protocol.routing.ServiceRoute wire) {
    ServiceName service = new ServiceName(wire.getService());
    return ServiceRoute.of(
        service,
        PolicyWire.fromWire(wire.getPolicy()),
        endpoints(service, wire.getEndpointsList()));
  }

  private static List<Endpoint> endpoints(
      ServiceName service, List<io.holdfast.protocol.routing.Endpoint> wire) {
    List<Endpoint> endpoints = new ArrayList<>(wire.size());
    for (var one : wire) {
      Endpoint endpoint = EndpointWire.fromWire(one);
      Wire.expect(endpoint.instance().service().equals(service), "endpoints of " + service);
      endpoints.add(endpoint);
    }
    return endpoints;
  }
}
