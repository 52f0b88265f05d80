package io.holdfast.supervisor.service;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How fast the services of this supervisor node together may ask nodes after what should be there.
 * With a hundred thousand instances, asking for each every few seconds would take a processor of
 * its own; so the more there is to ask for, the longer a round of it takes.
 */
public final class RoundsPace {

  /** A round of as many nodes of services takes the usual time, of twice as many twice that. */
  static final int MOST_A_SECOND = 1_000;

  private static final Duration SPAN = Duration.ofSeconds(1);
  private static final double NANOS_PER_SECOND = 1e9;

  private final LongSupplier ticker;
  private long begun;
  private double wanted;
  private double share = 1;

  /** Nothing was wanted so far. */
  public RoundsPace(LongSupplier ticker) {
    this.ticker = ticker;
    this.begun = ticker.getAsLong();
  }

  /**
   * The part of what a service would ask for that it may; the same for all, by what all wanted in
   * the second before.
   *
   * @param questions that it wants to ask
   * @return in (0, 1]
   */
  synchronized double share(double questions) {
    long passed = ticker.getAsLong() - begun;
    if (passed >= SPAN.toNanos()) {
      double aSecond = wanted / (passed / NANOS_PER_SECOND);
      share = Math.min(1, MOST_A_SECOND / Math.max(1, aSecond));
      wanted = 0;
      begun += passed;
    }
    wanted += questions;
    return share;
  }
}
