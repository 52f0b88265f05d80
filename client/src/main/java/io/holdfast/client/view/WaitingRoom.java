package io.holdfast.client.view;

import java.util.concurrent.atomic.AtomicInteger;

/** How many requests of a whole balancer wait for an instance, whatever their service. */
public final class WaitingRoom {

  public static final int SEATS = 1_024;

  private final AtomicInteger taken = new AtomicInteger();

  /** False when it is full; otherwise a seat is taken until it is left. */
  public boolean enter() {
    if (taken.incrementAndGet() <= SEATS) {
      return true;
    }
    taken.decrementAndGet();
    return false;
  }

  public void leave() {
    taken.decrementAndGet();
  }
}
