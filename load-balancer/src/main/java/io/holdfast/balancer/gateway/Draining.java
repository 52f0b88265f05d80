package io.holdfast.balancer.gateway;

/** Told to the connections of clients when the gateway or their port is about to close. */
enum Draining {
  BEGUN
}
