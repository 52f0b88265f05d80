package io.holdfast.balancer.view;

import io.holdfast.core.balancing.PeakEwma;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What requests leave behind on one instance: how many are running, and how long they took. */
final class Traffic {

  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicLong latency = new AtomicLong(PeakEwma.UNKNOWN);

  void begun() {
    inFlight.incrementAndGet();
  }

  /** How many are left. */
  int ended() {
    return inFlight.decrementAndGet();
  }

  void observe(long tookNanos, boolean failed, long nowNanos) {
    latency.updateAndGet(last -> PeakEwma.observe(last, tookNanos, failed, nowNanos));
  }

  int inFlight() {
    return inFlight.get();
  }

  double latency(long nowNanos) {
    return PeakEwma.latency(latency.get(), nowNanos);
  }
}
