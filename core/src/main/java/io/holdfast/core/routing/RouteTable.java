package io.holdfast.core.routing;

import io.holdfast.core.InstanceId;
import io.holdfast.core.NodeId;
import io.holdfast.core.ServiceName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
 * @param offers the last one accepted from each service
 * @param dead named by the last offer of their service, and held back
 * @param past not named by it; at most {@link #MOST_PAST} of each service, those of highest epoch
 * @param sequences the last publication accepted from each service; older ones are ignored
 */
public record RouteTable(
    RoutingView view,
    SortedMap<ServiceName, Offer> offers,
    SortedSet<InstanceId> dead,
    SortedMap<ServiceName, List<InstanceId>> past,
    SortedMap<ServiceName, Long> sequences,
    Set<NodeId> doubted) {

  public static final int MOST_PAST = 64;

  private static final long HIGHEST = 1L << 53;

  public RouteTable {
    offers = Collections.unmodifiableSortedMap(new TreeMap<>(offers));
    dead = Collections.unmodifiableSortedSet(new TreeSet<>(dead));
    past = Collections.unmodifiableSortedMap(new TreeMap<>(past));
    sequences = Collections.unmodifiableSortedMap(new TreeMap<>(sequences));
    doubted = Set.copyOf(doubted);
  }

  public static RouteTable empty(String incarnation) {
    return new RouteTable(
        RoutingView.empty(incarnation),
        Collections.emptySortedMap(),
        Collections.emptySortedSet(),
        Collections.emptySortedMap(),
        Collections.emptySortedMap(),
        Set.of());
  }

  /** A service says how it is reached. */
  public RouteTable published(Offer offer, long sequence) {
    ServiceName service = offer.service();
    if (sequence <= sequences.getOrDefault(service, 0L)) {
      return this;
    }
    List<InstanceId> known = known(service);
    SortedMap<ServiceName, Offer> next = new TreeMap<>(offers);
    next.put(service, offer);
    List<InstanceId> named = known.stream().filter(offer::names).toList();
    return with(service, sequence, viewWith(offer.without(known, doubted)), next, known, named);
  }

  /** A service is gone; should it come back, what was dead before is dead still. */
  public RouteTable withdrawn(ServiceName service, long sequence) {
    if (sequence <= sequences.getOrDefault(service, 0L)) {
      return this;
    }
    SortedMap<ServiceName, ServiceRoute> rest = new TreeMap<>(view.services());
    RoutingView shown = rest.remove(service) == null ? view : next(rest);
    SortedMap<ServiceName, Offer> next = new TreeMap<>(offers);
    next.remove(service);
    return with(service, sequence, shown, next, known(service), List.of());
  }

  /** An instance is dead; true for ever, whoever says it and however often. */
  public RouteTable died(InstanceId instance) {
    if (known(instance.service()).contains(instance)) {
      return this;
    }
    Offer offer = offers.get(instance.service());
    if (offer == null || !offer.names(instance)) {
      return diedUnseen(instance);
    }
    SortedSet<InstanceId> more = new TreeSet<>(dead);
    more.add(instance);
    return new RouteTable(
        viewWith(offer.without(more, doubted)), offers, more, past, sequences, doubted);
  }

  private RouteTable diedUnseen(InstanceId instance) {
    List<InstanceId> more = new ArrayList<>(pastOf(instance.service()));
    more.add(instance);
    return new RouteTable(
        view, offers, dead, withPast(instance.service(), more), sequences, doubted);
  }

  /** After a publication: what it names of the dead is held back, the other dead are past. */
  private RouteTable with(
      ServiceName service,
      long sequence,
      RoutingView shown,
      SortedMap<ServiceName, Offer> offered,
      List<InstanceId> known,
      List<InstanceId> named) {
    SortedSet<InstanceId> stillDead = new TreeSet<>(dead);
    stillDead.removeIf(instance -> instance.service().equals(service));
    stillDead.addAll(named);
    List<InstanceId> others = known.stream().filter(one -> !named.contains(one)).toList();
    return new RouteTable(
        shown,
        offered,
        stillDead,
        withPast(service, others),
        sequenced(service, sequence),
        doubted);
  }

  /** With a version above that of a view which another hub has shown; none is ever that high. */
  public RouteTable above(long version) {
    return view.version() > version || version > HIGHEST
        ? this
        : new RouteTable(
            new RoutingView(view.incarnation(), version + 1, view.services()),
            offers,
            dead,
            past,
            sequences,
            doubted);
  }

  /** These nodes, and no others, are doubted. */
  public RouteTable doubting(Set<NodeId> nodes) {
    if (nodes.equals(doubted)) {
      return this;
    }
    SortedMap<ServiceName, ServiceRoute> services = new TreeMap<>(view.services());
    offers.forEach((service, offer) -> services.put(service, offer.without(known(service), nodes)));
    RoutingView shown = services.equals(view.services()) ? view : next(services);
    return new RouteTable(shown, offers, dead, past, sequences, nodes);
  }

  /** Every instance that is known to be dead. */
  public Set<InstanceId> allDead() {
    return Stream.concat(dead.stream(), past.values().stream().flatMap(List::stream))
        .collect(Collectors.toUnmodifiableSet());
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
