package io.holdfast.balancer;

import io.holdfast.core.InstanceId;
import io.holdfast.core.NodeId;
import io.holdfast.core.ServiceName;
import io.holdfast.core.routing.Endpoint;
import io.holdfast.core.routing.EndpointState;
import io.holdfast.core.routing.RoutingView;
import io.holdfast.core.routing.ServiceRoute;
import io.holdfast.core.spec.RoutingPolicy;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Views as tests write them down. */
public final class Views {

  public static final ServiceName WEB = new ServiceName("web");
  public static final String HUB = "hub-1";

  private Views() {}

  public static RoutingView view(long version, ServiceRoute... routes) {
    return view(HUB, version, routes);
  }

  public static RoutingView view(String incarnation, long version, ServiceRoute... routes) {
    SortedMap<ServiceName, ServiceRoute> services = new TreeMap<>();
    for (ServiceRoute route : routes) {
      services.put(route.service(), route);
    }
    return new RoutingView(incarnation, version, services);
  }

  public static ServiceRoute web(Endpoint... endpoints) {
    return web(RoutingPolicy.DEFAULT, endpoints);
  }

  public static ServiceRoute web(RoutingPolicy policy, Endpoint... endpoints) {
    return ServiceRoute.of(WEB, policy, List.of(endpoints));
  }

  public static ServiceRoute service(String name, RoutingPolicy policy, Endpoint... endpoints) {
    return ServiceRoute.of(new ServiceName(name), policy, List.of(endpoints));
  }

  public static InstanceId id(int slot, long epoch) {
    return new InstanceId(WEB, slot, epoch);
  }

  public static Endpoint endpoint(int slot, long epoch, int port) {
    return endpoint(id(slot, epoch), port);
  }

  public static Endpoint endpoint(InstanceId instance, int port) {
    return new Endpoint(
        instance,
        new NodeId("n1"),
        "127.0.0.1",
        port,
        EndpointState.OK,
        Endpoint.USUAL_WEIGHT,
        "",
        Instant.EPOCH);
  }

  public static Endpoint draining(Endpoint endpoint) {
    return endpoint.with(EndpointState.DRAINING);
  }

  public static Endpoint suspect(Endpoint endpoint) {
    return endpoint.with(EndpointState.SUSPECT);
  }
}
