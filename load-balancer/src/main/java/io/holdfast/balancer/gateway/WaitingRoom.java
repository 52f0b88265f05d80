package io.holdfast.balancer.gateway;

import java.util.concurrent.atomic.AtomicInteger;

/** How many requests of the whole gateway wait for an instance. */
final class WaitingRoom {

  static final int SEATS = 1_024;

  private final AtomicInteger taken = new AtomicInteger();

  boolean enter() {
    if (taken.incrementAndGet() <= SEATS) {
      return true;
    }
    taken.decrementAndGet();
    return false;
  }

  void leave() {
    taken.decrementAndGet();
  }
}
