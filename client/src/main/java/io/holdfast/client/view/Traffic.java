package io.holdfast.client.view;

import io.holdfast.core.balancing.ConcurrencyLimit;
import io.holdfast.core.balancing.Latencies;
import io.holdfast.core.balancing.Outcome;
import io.holdfast.core.balancing.PeakEwma;
import io.holdfast.core.balancing.Tally;
import io.holdfast.core.balancing.Totals;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What requests leave behind on one instance: how many are running, how long they took, how they
 * ended. Request threads write without a lock; the follower reads.
 */
final class Traffic {

  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicInteger unheard = new AtomicInteger();
  private final AtomicLong quiet = new AtomicLong();
  private final AtomicLong latency = new AtomicLong(PeakEwma.UNKNOWN);
  private final AtomicLong answered = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicBoolean responds = new AtomicBoolean();
  private final AtomicIntegerArray latencies = new AtomicIntegerArray(Latencies.BUCKETS);
  private final Trial trial = new Trial();
  private volatile int mostWaiting = ConcurrencyLimit.NONE;

  void begun(long nowNanos) {
    inFlight.incrementAndGet();
    if (unheard.getAndIncrement() == 0) {
      quiet.setOpaque(nowNanos);
    }
  }

  /** One of those that wait for an answer waits no longer. */
  void heard(long nowNanos) {
    unheard.decrementAndGet();
    quiet.setOpaque(nowNanos);
  }

  /** How many are left. */
  int ended() {
    return inFlight.decrementAndGet();
  }

  void observe(long tookNanos, Outcome outcome, long nowNanos) {
    boolean failure = outcome != Outcome.ANSWERED;
    latency.updateAndGet(last -> PeakEwma.observe(last, tookNanos, failure, nowNanos));
    (failure ? failed : answered).incrementAndGet();
    responds.setOpaque(outcome == Outcome.ANSWERED || outcome == Outcome.ERRED);
    switch (outcome) {
      case ANSWERED, TIMED_OUT -> {
        refused.setOpaque(0);
        latencies.incrementAndGet(Latencies.bucket(tookNanos));
      }
      case ERRED, FAILED -> refused.setOpaque(0);
      case REFUSED -> refused.incrementAndGet();
    }
  }

  int inFlight() {
    return inFlight.get();
  }

  double latency(long nowNanos) {
    long sinceNanos = unheard.get() > 0 ? quiet.getOpaque() : nowNanos;
    return PeakEwma.latency(latency.get(), sinceNanos, nowNanos);
  }

  /** How many may wait for an answer at a time; told by the follower. */
  void limit(int most) {
    mostWaiting = most;
  }

  /** How many wait for an answer. */
  int waiting() {
    return unheard.get();
  }

  boolean isFull() {
    return unheard.get() >= mostWaiting;
  }

  /** Whether the last try brought a response, good or bad. */
  boolean responds() {
    return responds.getOpaque();
  }

  /** Connections refused in a row. */
  int refused() {
    return refused.get();
  }

  void forgetRefused() {
    refused.set(0);
  }

  Tally tally() {
    return new Tally(answered.get(), failed.get());
  }

  Totals totals() {
    return new Totals(tally(), Latencies.read(latencies::getOpaque));
  }

  /** The same object while nothing is counted: most instances of a large service are idle. */
  Totals totalsAfter(Totals last) {
    return tally().equals(last.tally()) ? last : totals();
  }

  Trial trial() {
    return trial;
  }
}
