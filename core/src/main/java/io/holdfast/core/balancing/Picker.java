package io.holdfast.core.balancing;

import io.holdfast.core.spec.BalancingPolicy;

/** How one of several equally usable candidates is chosen. */
public sealed interface Picker permits AtRandom, RoundRobin, PowerOfTwo, Weighted, Maglev {

  static Picker of(BalancingPolicy policy) {
    return switch (policy) {
      case P2C_EWMA -> new PowerOfTwo(Load.LATENCY);
      case LEAST_REQUEST -> new PowerOfTwo(Load.IN_FLIGHT);
      case ROUND_ROBIN -> new RoundRobin();
      case WEIGHTED -> new Weighted();
      case MAGLEV -> new Maglev();
      case RANDOM -> new AtRandom();
    };
  }
}
