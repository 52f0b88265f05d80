package io.holdfast.core.spec;

/** How a balancer chooses among the endpoints of a service. */
public enum BalancingPolicy {
  /** Of two at random, the one with the lower latency times requests in flight. */
  P2C_EWMA,
  /** Of two at random, the one with fewer requests in flight. */
  LEAST_REQUEST,
  ROUND_ROBIN,
  /** One after another, each as often as its weight says. */
  WEIGHTED,
  /** By the address of the client. */
  MAGLEV,
  RANDOM
}
