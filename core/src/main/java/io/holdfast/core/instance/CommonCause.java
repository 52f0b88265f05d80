package io.holdfast.core.instance;

import io.holdfast.core.ServiceName;
import io.holdfast.core.instance.Patient.Place;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Tells whether so many fail together that the cause is probably not theirs: a starved host, or
 * something that all instances of a service need.
 */
final class CommonCause {

  /** One alone is its own cause, even where it is the only one. */
  private static final int FEWEST = 2;

  private CommonCause() {}

  /**
   * In words, if there is one for the instances of a service.
   *
   * @param failing the slots with a liveness probe on this host, true for those that fail
   */
  static Optional<String> of(ServiceName service, Map<Place, Boolean> failing) {
    return most(failing, place -> place.service().equals(service), "of " + service + " here")
        .or(() -> most(failing, _ -> true, "on this host"));
  }

  private static Optional<String> most(
      Map<Place, Boolean> failing, Predicate<Place> among, String where) {
    long all = failing.keySet().stream().filter(among).count();
    long bad =
        failing.entrySet().stream()
            .filter(entry -> entry.getValue() && among.test(entry.getKey()))
            .count();
    return bad >= FEWEST && 2 * bad > all
        ? Optional.of(bad + " of " + all + " instances " + where + " failed together")
        : Optional.empty();
  }
}
