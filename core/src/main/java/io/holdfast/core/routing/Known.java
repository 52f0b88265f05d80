package io.holdfast.core.routing;

import io.holdfast.core.InstanceId;
import io.holdfast.core.NodeId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What a hub knows of one service.
 *
 * @param sequence of the last publication that was accepted, from 1; older ones are ignored. 0
 *     before any
 * @param offer the last one accepted; empty where the service is gone, or has not been heard of but
 *     by a death
 * @param dead named by the offer, and held back
 * @param past dead, and not named by it; at most {@link RouteTable#MOST_PAST}, those of highest
 *     epoch
 */
record Known(
    long sequence, Optional<Offer> offer, SortedSet<InstanceId> dead, List<InstanceId> past) {

  static final Known NOTHING = new Known(0, Optional.empty(), new TreeSet<>(), List.of());

  Known {
    dead = Collections.unmodifiableSortedSet(new TreeSet<>(dead));
    past =
        past.size() <= RouteTable.MOST_PAST
            ? List.copyOf(past)
            : past.stream()
                .sorted(Comparator.comparingLong(InstanceId::epoch).reversed())
                .limit(RouteTable.MOST_PAST)
                .toList();
  }

  /** The dead that the offer names are held back, the others are past. */
  Known offering(Offer next, long asOf) {
    List<InstanceId> all = allDead().toList();
    return new Known(
        asOf,
        Optional.of(next),
        new TreeSet<>(all.stream().filter(next::names).toList()),
        all.stream().filter(instance -> !next.names(instance)).toList());
  }

  /** Should it come back, what was dead before is dead still. */
  Known gone(long asOf) {
    return new Known(asOf, Optional.empty(), new TreeSet<>(), allDead().toList());
  }

  /** An instance is dead; the same where that is known. */
  Known without(InstanceId instance) {
    if (dead.contains(instance) || past.contains(instance)) {
      return this;
    }
    if (offer.filter(one -> one.names(instance)).isEmpty()) {
      List<InstanceId> more = new ArrayList<>(past);
      more.add(instance);
      return new Known(sequence, offer, dead, more);
    }
    SortedSet<InstanceId> more = new TreeSet<>(dead);
    more.add(instance);
    return new Known(sequence, offer, more, past);
  }

  /** As it is to be shown. */
  Optional<ServiceRoute> route(Set<NodeId> doubted) {
    return offer.map(one -> one.without(dead, doubted));
  }

  Stream<InstanceId> allDead() {
    return Stream.concat(dead.stream(), past.stream());
  }
}
