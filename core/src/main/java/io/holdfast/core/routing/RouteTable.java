package io.holdfast.core.routing;

import io.holdfast.core.InstanceId;
import io.holdfast.core.NodeId;
import io.holdfast.core.ServiceName;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a hub knows: the view, and the deaths that services may not have caught up with yet. The
 * view of a service is what it offered last, without the dead.
 *
 * <p>A death notice overtakes the service that lost the instance, even the first route that shows
 * it. So a notice outlives the routes that know better: an instance that was unready, ready and
 * dead within one moment would otherwise come back with the route from between. Notices that no
 * route contradicts only guard against such late news; the newest of each service are enough.
 *
 * <p>Endpoints on a doubted node are shown as suspect, whatever their service says: it acts on
 * nothing but condemnation.
 *
 * @param services each of which anything is known
 */
public record RouteTable(
    RoutingView view, SortedMap<ServiceName, Known> services, Set<NodeId> doubted) {

  public static final int MOST_PAST = 64;

  private static final long HIGHEST = 1L << 53;

  public RouteTable {
    services = Collections.unmodifiableSortedMap(new TreeMap<>(services));
    doubted = Set.copyOf(doubted);
  }

  public static RouteTable empty(String incarnation) {
    return new RouteTable(RoutingView.empty(incarnation), Collections.emptySortedMap(), Set.of());
  }

  /** A service says how it is reached. */
  public RouteTable published(Offer offer, long sequence) {
    Known before = known(offer.service());
    return sequence <= before.sequence()
        ? this
        : with(offer.service(), before.offering(offer, sequence));
  }

  /** A service is gone; should it come back, what was dead before is dead still. */
  public RouteTable withdrawn(ServiceName service, long sequence) {
    Known before = known(service);
    return sequence <= before.sequence() ? this : with(service, before.gone(sequence));
  }

  /** An instance is dead; true for ever, whoever says it and however often. */
  public RouteTable died(InstanceId instance) {
    Known before = known(instance.service());
    Known after = before.without(instance);
    return after.equals(before) ? this : with(instance.service(), after);
  }

  /** With a version above that of a view which another hub has shown; none is ever that high. */
  public RouteTable above(long version) {
    return view.version() > version || version > HIGHEST
        ? this
        : new RouteTable(
            new RoutingView(view.incarnation(), version + 1, view.services()), services, doubted);
  }

  /** These nodes, and no others, are doubted. */
  public RouteTable doubting(Set<NodeId> nodes) {
    if (nodes.equals(doubted)) {
      return this;
    }
    SortedMap<ServiceName, ServiceRoute> routes = new TreeMap<>();
    services.forEach(
        (service, known) -> known.route(nodes).ifPresent(route -> routes.put(service, route)));
    RoutingView shown = routes.equals(view.services()) ? view : next(routes);
    return new RouteTable(shown, services, nodes);
  }

  /** Of the last publication of a service that was accepted; 0 before any. */
  public long sequence(ServiceName service) {
    return known(service).sequence();
  }

  /** The last one accepted; empty where the service is gone or was never heard of. */
  public Optional<Offer> offer(ServiceName service) {
    return known(service).offer();
  }

  /** Those that have published or were withdrawn. */
  public Set<ServiceName> heard() {
    return services.entrySet().stream()
        .filter(known -> known.getValue().sequence() > 0)
        .map(Map.Entry::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Every instance that is known to be dead. */
  public Set<InstanceId> allDead() {
    return services.values().stream()
        .flatMap(Known::allDead)
        .collect(Collectors.toUnmodifiableSet());
  }

  private Known known(ServiceName service) {
    return services.getOrDefault(service, Known.NOTHING);
  }

  private RouteTable with(ServiceName service, Known known) {
    SortedMap<ServiceName, Known> all = new TreeMap<>(services);
    all.put(service, known);
    return new RouteTable(viewWith(service, known.route(doubted)), all, doubted);
  }

  /** The versions of the view rise with what it shows, and with nothing else. */
  private RoutingView viewWith(ServiceName service, Optional<ServiceRoute> route) {
    if (route.equals(Optional.ofNullable(view.services().get(service)))) {
      return view;
    }
    SortedMap<ServiceName, ServiceRoute> routes = new TreeMap<>(view.services());
    routes.remove(service);
    route.ifPresent(shown -> routes.put(service, shown));
    return next(routes);
  }

  private RoutingView next(SortedMap<ServiceName, ServiceRoute> routes) {
    return new RoutingView(view.incarnation(), view.version() + 1, routes);
  }
}
