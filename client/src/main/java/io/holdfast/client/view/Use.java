package io.holdfast.client.view;

import io.holdfast.core.InstanceId;
import io.holdfast.core.balancing.Outcome;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** One request on one instance: counted there until it ends, and observed once at most. */
public final class Use {

  private final FollowedView view;
  private final Target target;
  private final long startedNanos;
  private final AtomicBoolean observed = new AtomicBoolean();
  private final AtomicBoolean ended = new AtomicBoolean();

  private Use(FollowedView view, Target target, long startedNanos) {
    this.view = view;
    this.target = target;
    this.startedNanos = startedNanos;
  }

  /** Of a target that was acquired then. */
  public static Use of(FollowedView view, Target target, long startedNanos) {
    return new Use(view, target, startedNanos);
  }

  public Target target() {
    return target;
  }

  public InstanceId instance() {
    return target.instance();
  }

  /** What it has shown since its beginning; nothing after it was observed, or has ended. */
  public void observe(Outcome outcome) {
    observe(Duration.ofNanos(System.nanoTime() - startedNanos), outcome);
  }

  public void observe(Duration took, Outcome outcome) {
    if (!ended.get() && observed.compareAndSet(false, true)) {
      view.observe(target, took, outcome, System.nanoTime());
    }
  }

  /** True the first time. */
  public boolean end() {
    if (!ended.compareAndSet(false, true)) {
      return false;
    }
    // From here on nobody can claim the observation, so that nothing is counted twice.
    if (observed.compareAndSet(false, true)) {
      view.forgo(target);
    } else {
      view.release(target);
    }
    return true;
  }
}
