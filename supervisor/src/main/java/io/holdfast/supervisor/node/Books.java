package io.holdfast.supervisor.node;

import io.holdfast.core.ServiceName;
import io.holdfast.core.placement.Room;
import io.holdfast.core.placement.Share;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who has a place on a node. Rebuilt from what services say of themselves, so it need not be
 * recorded; a service's word replaces everything that was booked for it before.
 */
final class Books {

  /** A slot's place, with the fixed ports and the share of the node that it takes. */
  record Place(int slot, Set<Integer> fixedPorts, Share share) {
    Place {
      fixedPorts = Set.copyOf(fixedPorts);
    }
  }

  private final Map<ServiceName, Map<Integer, Place>> places = new HashMap<>();
  private int load;
  private Share taken = Share.NONE;

  /**
   * Books a place, or says why that cannot be.
   *
   * @param whole the node; nothing where its size is not known
   */
  Optional<String> reserve(ServiceName service, Place place, Share whole) {
    Optional<String> refusal =
        clash(service, place).or(() -> room(service, place, whole).refusal(place.share()));
    if (refusal.isEmpty()) {
      Map<Integer, Place> booked = places.computeIfAbsent(service, _ -> new HashMap<>());
      Optional.ofNullable(booked.put(place.slot(), place)).ifPresent(this::leave);
      enter(place);
    }
    return refusal;
  }

  /** For a place that the slot may have already. */
  private Room room(ServiceName service, Place place, Share whole) {
    Share own =
        Optional.ofNullable(places.getOrDefault(service, Map.of()).get(place.slot()))
            .map(Place::share)
            .orElse(Share.NONE);
    return Room.of(whole, taken.minus(own));
  }

  private Optional<String> clash(ServiceName service, Place place) {
    if (place.fixedPorts().isEmpty()) {
      return Optional.empty();
    }
    for (Map.Entry<ServiceName, Map<Integer, Place>> booked : places.entrySet()) {
      for (Place other : booked.getValue().values()) {
        boolean same = booked.getKey().equals(service) && other.slot() == place.slot();
        Set<Integer> clash = new HashSet<>(other.fixedPorts());
        clash.retainAll(place.fixedPorts());
        if (!same && !clash.isEmpty()) {
          return Optional.of(
              "has port " + clash.iterator().next() + " taken by " + booked.getKey());
        }
      }
    }
    return Optional.empty();
  }

  /** What a service says it has here. */
  void replace(ServiceName service, Iterable<Place> all) {
    Map<Integer, Place> fresh = new HashMap<>();
    all.forEach(place -> fresh.put(place.slot(), place));
    Collection<Place> before = places.getOrDefault(service, Map.of()).values();
    before.forEach(this::leave);
    fresh.values().forEach(this::enter);
    if (fresh.isEmpty()) {
      places.remove(service);
    } else {
      places.put(service, fresh);
    }
  }

  private void enter(Place place) {
    load++;
    taken = taken.plus(place.share());
  }

  private void leave(Place place) {
    load--;
    taken = taken.minus(place.share());
  }

  Set<ServiceName> services() {
    return Set.copyOf(places.keySet());
  }

  /** How many places there are. */
  int load() {
    return load;
  }

  /** By all places together. */
  Share taken() {
    return taken;
  }
}
