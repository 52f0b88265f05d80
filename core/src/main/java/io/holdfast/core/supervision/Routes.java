package io.holdfast.core.supervision;

import io.holdfast.core.routing.Endpoint;
import io.holdfast.core.routing.EndpointState;
import io.holdfast.core.routing.Offer;
import io.holdfast.core.routing.ServiceRoute;
import io.holdfast.core.spec.PortSpec;
import io.holdfast.core.supervision.ServiceState.Active;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How a service's state appears to those who send it requests. */
public final class Routes {

  private Routes() {}

  /**
   * The endpoints that may take requests: ready actives, the isolated only in need, the ready
   * newcomer of a rollout, and drained ones that finish what they have. A service without ports has
   * none. Ready standbys stand by in the order in which they are promoted.
   */
  public static Offer of(Active active) {
    return new Offer(route(active), standbys(active));
  }

  private static ServiceRoute route(Active active) {
    List<Endpoint> endpoints = new ArrayList<>();
    for (Slot slot : active.slots().values()) {
      if (slot.isActive()) {
        slot.tenant().flatMap(tenant -> endpoint(active, tenant)).ifPresent(endpoints::add);
      }
    }
    active
        .incoming()
        .filter(tenant -> active.slot(tenant.id().slot()).isActive())
        .flatMap(tenant -> endpoint(active, tenant))
        .ifPresent(endpoints::add);
    active.outgoing().values().stream()
        .filter(out -> !out.stopping())
        .flatMap(out -> endpoint(active, out.tenant()).stream())
        .map(endpoint -> endpoint.with(EndpointState.DRAINING))
        .forEach(endpoints::add);
    return ServiceRoute.of(active.spec().name(), active.spec().routing(), endpoints);
  }

  private static List<Endpoint> standbys(Active active) {
    return active
        .readyStandbys()
        .flatMap(slot -> slot.tenant().stream())
        .flatMap(tenant -> endpoint(active, tenant).stream())
        .toList();
  }

  private static Optional<Endpoint> endpoint(Active active, Tenant tenant) {
    Optional<String> port = active.spec().process().firstPort().map(PortSpec::name);
    return tenant.progress() instanceof Tenant.Ready(Tenant.Running running, Instant ready)
        ? port.filter(running.ports()::containsKey)
            .or(() -> running.ports().keySet().stream().findFirst())
            .map(
                name ->
                    endpoint(
                        tenant,
                        running,
                        running.ports().getOrDefault(name, 0),
                        since(tenant, ready)))
        : Optional.empty();
  }

  /** One that returns gets its share bit by bit, like one that has become ready. */
  private static Instant since(Tenant tenant, Instant ready) {
    return tenant.regard() instanceof Regard.OnProbation(_, Instant since) && since.isAfter(ready)
        ? since
        : ready;
  }

  private static EndpointState state(Regard regard) {
    return switch (regard) {
      case Regard.Trusted(), Regard.OnProbation _ -> EndpointState.OK;
      case Regard.Isolated _ -> EndpointState.SUSPECT;
      case Regard.Condemned _ -> EndpointState.DRAINING;
    };
  }

  private static Endpoint endpoint(Tenant tenant, Tenant.Running running, int port, Instant since) {
    return new Endpoint(
        tenant.id(),
        tenant.node(),
        running.address(),
        port,
        state(tenant.regard()),
        Endpoint.USUAL_WEIGHT,
        running.zone(),
        since);
  }
}
