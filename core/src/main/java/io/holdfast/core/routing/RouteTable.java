package io.holdfast.core.routing;

import io.holdfast.core.InstanceId;
import io.holdfast.core.ServiceName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What a hub knows: the view, and the deaths that services may not have caught up with yet.
 *
 * <p>A death notice overtakes the service that lost the instance, even the first route that shows
 * it. So a notice outlives the routes that know better: an instance that was unready, ready and
 * dead within one moment would otherwise come back with the route from between. Notices that no
 * route contradicts only guard against such late news; the newest of each service are enough.
 *
 * @param dead shown by the last route accepted from their service, and held back
 * @param past not shown by it; at most {@link #MOST_PAST} of each service, those of highest epoch
 * @param sequences the last publication accepted from each service; older ones are ignored
 */
public record RouteTable(
    RoutingView view,
    SortedSet<InstanceId> dead,
    SortedMap<ServiceName, List<InstanceId>> past,
    SortedMap<ServiceName, Long> sequences) {

  public static final int MOST_PAST = 64;

  public RouteTable {
    dead = Collections.unmodifiableSortedSet(new TreeSet<>(dead));
    past = Collections.unmodifiableSortedMap(new TreeMap<>(past));
    sequences = Collections.unmodifiableSortedMap(new TreeMap<>(sequences));
  }

  public static RouteTable empty(String incarnation) {
    return new RouteTable(
        RoutingView.empty(incarnation),
        Collections.emptySortedSet(),
        Collections.emptySortedMap(),
        Collections.emptySortedMap());
  }

  /** A service says how it is reached. */
  public RouteTable published(ServiceRoute route, long sequence) {
    if (sequence <= sequences.getOrDefault(route.service(), 0L)) {
      return this;
    }
    List<InstanceId> known = known(route.service());
    List<InstanceId> shown =
        known.stream().filter(instance -> route.endpoints().containsKey(instance)).toList();
    ServiceRoute living = route;
    for (InstanceId instance : shown) {
      living = living.without(instance);
    }
    return with(route.service(), sequence, viewWith(living), known, shown);
  }

  /** A service is gone; should it come back, what was dead before is dead still. */
  public RouteTable withdrawn(ServiceName service, long sequence) {
    if (sequence <= sequences.getOrDefault(service, 0L)) {
      return this;
    }
    SortedMap<ServiceName, ServiceRoute> rest = new TreeMap<>(view.services());
    RoutingView next = rest.remove(service) == null ? view : next(rest);
    return with(service, sequence, next, known(service), List.of());
  }

  /** An instance is dead; true for ever, whoever says it and however often. */
  public RouteTable died(InstanceId instance) {
    ServiceRoute route = view.services().get(instance.service());
    if (route == null || !route.endpoints().containsKey(instance)) {
      return known(instance.service()).contains(instance) ? this : diedUnseen(instance);
    }
    SortedSet<InstanceId> more = new TreeSet<>(dead);
    more.add(instance);
    return new RouteTable(viewWith(route.without(instance)), more, past, sequences);
  }

  private RouteTable diedUnseen(InstanceId instance) {
    List<InstanceId> more = new ArrayList<>(pastOf(instance.service()));
    more.add(instance);
    return new RouteTable(view, dead, withPast(instance.service(), more), sequences);
  }

  /** After a publication: what it shows of the dead is held back, the other dead are past. */
  private RouteTable with(
      ServiceName service,
      long sequence,
      RoutingView next,
      List<InstanceId> known,
      List<InstanceId> shown) {
    SortedSet<InstanceId> stillDead = new TreeSet<>(dead);
    stillDead.removeIf(instance -> instance.service().equals(service));
    stillDead.addAll(shown);
    List<InstanceId> others = known.stream().filter(one -> !shown.contains(one)).toList();
    return new RouteTable(next, stillDead, withPast(service, others), sequenced(service, sequence));
  }

  private List<InstanceId> known(ServiceName service) {
    return Stream.concat(
            dead.stream().filter(instance -> instance.service().equals(service)),
            pastOf(service).stream())
        .toList();
  }

  private List<InstanceId> pastOf(ServiceName service) {
    return past.getOrDefault(service, List.of());
  }

  private SortedMap<ServiceName, List<InstanceId>> withPast(
      ServiceName service, List<InstanceId> instances) {
    List<InstanceId> newest =
        instances.stream()
            .sorted(Comparator.comparingLong(InstanceId::epoch).reversed())
            .limit(MOST_PAST)
            .toList();
    SortedMap<ServiceName, List<InstanceId>> next = new TreeMap<>(past);
    next.put(service, newest);
    if (newest.isEmpty()) {
      next.remove(service);
    }
    return next;
  }

  private RoutingView viewWith(ServiceRoute route) {
    if (route.equals(view.services().get(route.service()))) {
      return view;
    }
    SortedMap<ServiceName, ServiceRoute> services = new TreeMap<>(view.services());
    services.put(route.service(), route);
    return next(services);
  }

  private RoutingView next(SortedMap<ServiceName, ServiceRoute> services) {
    return new RoutingView(view.incarnation(), view.version() + 1, services);
  }

  private SortedMap<ServiceName, Long> sequenced(ServiceName service, long sequence) {
    SortedMap<ServiceName, Long> next = new TreeMap<>(sequences);
    next.put(service, sequence);
    return next;
  }
}
