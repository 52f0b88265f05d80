package io.holdfast.core.routing;

import io.holdfast.core.InstanceId;
import io.holdfast.core.ServiceName;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a service says of its instances: how it is reached, and who stands by.
 *
 * <p>Each endpoint that takes new requests and dies is replaced by a standby. A hub that learns of
 * the death does so before the service has recorded anything; the service chooses in the same
 * order, and the route that it publishes afterwards counts.
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

  /** The route without the dead, and with living standbys in place of those that are missed. */
  ServiceRoute without(Collection<InstanceId> dead) {
    Map<InstanceId, Endpoint> shown = new LinkedHashMap<>(route.endpoints());
    shown.keySet().removeAll(dead);
    standbys.stream()
        .filter(standby -> !dead.contains(standby.instance()))
        .limit(missed(dead))
        .forEach(standby -> shown.put(standby.instance(), standby));
    return ServiceRoute.of(route.service(), route.policy(), shown.values());
  }

  /** A draining endpoint is leaving anyway. */
  private long missed(Collection<InstanceId> dead) {
    return route.endpoints().values().stream()
        .filter(endpoint -> endpoint.state() != EndpointState.DRAINING)
        .filter(endpoint -> dead.contains(endpoint.instance()))
        .count();
  }
}
