package io.holdfast.agent.link;

import java.time.Duration;

/**
 * How long nothing has come from the other end while this one was there to hear it. By a clock that
 * only goes forward; a time in which nobody looked was this end's own pause, and is hardly counted.
 */
final class Silence {

  /** How often to look. */
  static final Duration LOOKS = Duration.ofMillis(100);

  /** What is counted of the time between two looks: a busy machine is late, too. */
  private static final Duration MOST = LOOKS.multipliedBy(5);

  private long lastLook;
  private Duration counted = Duration.ZERO;

  Silence(long nanoTime) {
    this.lastLook = nanoTime;
  }

  void heard() {
    counted = Duration.ZERO;
  }

  /**
   * True when it was longer at the look before this one already: what came in during a pause is
   * heard after the first look that follows, and must not come too late.
   */
  boolean isLongerThan(Duration limit, long nanoTime) {
    boolean longer = counted.compareTo(limit) >= 0;
    Duration since = Duration.ofNanos(nanoTime - lastLook);
    counted = counted.plus(since.compareTo(MOST) < 0 ? since : MOST);
    lastLook = nanoTime;
    return longer;
  }
}
