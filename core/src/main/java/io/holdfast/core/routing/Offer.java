package io.holdfast.core.routing;

import io.holdfast.core.InstanceId;
import io.holdfast.core.NodeId;
import io.holdfast.core.ServiceName;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a service says of its instances: how it is reached, and who stands by.
 *
 * <p>Each endpoint that takes new requests and dies is replaced by a standby. A hub that learns of
 * the death does so before the service has recorded anything; the service chooses in the same
 * order, and the route that it publishes afterwards counts. A standby also stands in while the node
 * of an endpoint is doubted, and stands by again if that turns out to live.
 *
 * @param route none of its endpoints is a standby
 * @param standbys ready, out of the view, the first to be promoted first
 */
public record Offer(ServiceRoute route, List<Endpoint> standbys) {

  public Offer {
    standbys = List.copyOf(standbys);
  }

  public static Offer of(ServiceRoute route) {
    return new Offer(route, List.of());
  }

  public ServiceName service() {
    return route.service();
  }

  boolean names(InstanceId instance) {
    return route.endpoints().containsKey(instance)
        || standbys.stream().map(Endpoint::instance).anyMatch(instance::equals);
  }

  /**
   * The route without the dead, with the doubted as suspects, and with living standbys that nobody
   * doubts in place of both.
   *
   * @param doubted nodes
   */
  ServiceRoute without(Collection<InstanceId> dead, Set<NodeId> doubted) {
    Map<InstanceId, Endpoint> shown = new LinkedHashMap<>();
    route.endpoints().values().stream()
        .filter(endpoint -> !dead.contains(endpoint.instance()))
        .map(endpoint -> doubted.contains(endpoint.node()) ? suspected(endpoint) : endpoint)
        .forEach(endpoint -> shown.put(endpoint.instance(), endpoint));
    standbys.stream()
        .filter(standby -> !dead.contains(standby.instance()))
        .filter(standby -> !doubted.contains(standby.node()))
        .limit(missed(dead, doubted))
        .forEach(standby -> shown.put(standby.instance(), standby));
    return ServiceRoute.of(route.service(), route.policy(), shown.values());
  }

  private static Endpoint suspected(Endpoint endpoint) {
    return endpoint.state() == EndpointState.OK ? endpoint.with(EndpointState.SUSPECT) : endpoint;
  }

  /** A draining endpoint is leaving anyway. */
  private long missed(Collection<InstanceId> dead, Set<NodeId> doubted) {
    return route.endpoints().values().stream()
        .filter(endpoint -> endpoint.state() != EndpointState.DRAINING)
        .filter(endpoint -> dead.contains(endpoint.instance()) || doubted.contains(endpoint.node()))
        .count();
  }
}
