package io.holdfast.core.routing;

import io.holdfast.core.InstanceId;
import io.holdfast.core.ServiceName;
import io.holdfast.core.spec.RoutingPolicy;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** How requests reach one service: its policy and its endpoints, none of them known to be dead. */
public record ServiceRoute(
    ServiceName service, RoutingPolicy policy, SortedMap<InstanceId, Endpoint> endpoints) {

  public ServiceRoute {
    endpoints = Collections.unmodifiableSortedMap(new TreeMap<>(endpoints));
  }

  public static ServiceRoute of(
      ServiceName service, RoutingPolicy policy, Iterable<Endpoint> endpoints) {
    SortedMap<InstanceId, Endpoint> byInstance = new TreeMap<>();
    endpoints.forEach(endpoint -> byInstance.put(endpoint.instance(), endpoint));
    return new ServiceRoute(service, policy, byInstance);
  }

  public ServiceRoute without(InstanceId instance) {
    SortedMap<InstanceId, Endpoint> rest = new TreeMap<>(endpoints);
    rest.remove(instance);
    return new ServiceRoute(service, policy, rest);
  }

  public ServiceRoute with(Map<InstanceId, Endpoint> upserts) {
    SortedMap<InstanceId, Endpoint> more = new TreeMap<>(endpoints);
    more.putAll(upserts);
    return new ServiceRoute(service, policy, more);
  }
}
