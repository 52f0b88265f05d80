package io.holdfast.agent.probe;

import java.time.Duration;

/**
 * Knows when the agent itself stood still: stopped, swapped out, starved. What it missed then says
 * nothing about the services it watches.
 */
public final class PauseWatch {

  /** Ticks that come later than this after the one before are a pause. */
  public static final Duration LONGEST_GAP = Duration.ofSeconds(1);

  private record Gap(long from, long to) {}

  private long lastTick;
  private Gap lastGap;

  public PauseWatch(long nanoTime) {
    this.lastTick = nanoTime;
    this.lastGap = new Gap(nanoTime, nanoTime);
  }

  /** To be called several times a second. */
  public synchronized void tick(long nanoTime) {
    if (isGap(lastTick, nanoTime)) {
      lastGap = new Gap(lastTick, nanoTime);
    }
    lastTick = nanoTime;
  }

  /** True when a check that ran in this time may have been missed by the agent's own fault. */
  public synchronized boolean touches(long from, long to) {
    // After a pause the check may be heard before the next tick is.
    boolean gapNow = isGap(lastTick, to);
    boolean gapBefore = lastGap.to() - lastGap.from() > 0 && from - lastGap.to() < 0;
    return gapNow || gapBefore;
  }

  private static boolean isGap(long from, long to) {
    return to - from > LONGEST_GAP.toNanos();
  }
}
