package io.holdfast.core.supervision;

import io.holdfast.core.ServiceName;
import java.time.Instant;
import java.util.Set;

/**
 * What a decision may depend on besides the state and the input.
 *
 * @param random in [0, 1)
 * @param unmet dependencies that are not as far as the specification wants; all of them until known
 */
public record Surroundings(Instant now, double random, Set<ServiceName> unmet) {

  public Surroundings {
    unmet = Set.copyOf(unmet);
  }

  boolean dependenciesMet() {
    return unmet.isEmpty();
  }
}
