package io.holdfast.client.view;

import io.holdfast.core.balancing.TrialPermit;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/** The one request with which an instance proves itself; taken by many threads, given by one. */
final class Trial {

  private static final Duration LONGEST = Duration.ofSeconds(10);

  private final AtomicReference<TrialPermit> permit = new AtomicReference<>(new TrialPermit.None());

  void begin(long nowNanos) {
    permit.set(new TrialPermit.Free(nowNanos));
  }

  void end() {
    permit.set(new TrialPermit.None());
  }

  boolean claim(boolean repeatable, long nowNanos) {
    TrialPermit now = permit.get();
    return now.mayTake(repeatable, LONGEST, nowNanos)
        && permit.compareAndSet(now, new TrialPermit.Taken(nowNanos));
  }

  void decided(boolean won) {
    TrialPermit now = permit.get();
    if (now instanceof TrialPermit.Taken) {
      permit.compareAndSet(now, new TrialPermit.Decided(won));
    }
  }

  /** It was not sent, or has ended without showing anything. */
  void undecided(long nowNanos) {
    TrialPermit now = permit.get();
    if (now instanceof TrialPermit.Taken) {
      permit.compareAndSet(now, new TrialPermit.Free(nowNanos));
    }
  }

  TrialPermit permit() {
    return permit.get();
  }
}
