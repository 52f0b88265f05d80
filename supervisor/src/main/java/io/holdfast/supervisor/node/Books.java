package io.holdfast.supervisor.node;

import io.holdfast.core.ServiceName;
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

  /** A slot's place, with the fixed ports it takes. */
  record Place(int slot, Set<Integer> fixedPorts) {
    Place {
      fixedPorts = Set.copyOf(fixedPorts);
    }
  }

  private final Map<ServiceName, Map<Integer, Place>> places = new HashMap<>();

  /** Books a place, or says why that cannot be. */
  Optional<String> reserve(ServiceName service, Place place) {
    Optional<String> refusal =
        place.fixedPorts().isEmpty() ? Optional.empty() : clash(service, place);
    if (refusal.isEmpty()) {
      places.computeIfAbsent(service, _ -> new HashMap<>()).put(place.slot(), place);
    }
    return refusal;
  }

  private Optional<String> clash(ServiceName service, Place place) {
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
    if (fresh.isEmpty()) {
      places.remove(service);
    } else {
      places.put(service, fresh);
    }
  }

  Set<ServiceName> services() {
    return Set.copyOf(places.keySet());
  }

  int load() {
    return places.values().stream().mapToInt(Map::size).sum();
  }
}
