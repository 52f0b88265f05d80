package io.holdfast.core.balancing;

/** All that the requests on one endpoint have left behind since it was first seen. */
public record Totals(Tally tally, Latencies latencies) {

  public static final Totals NONE = new Totals(Tally.NONE, Latencies.NONE);

  public Totals minus(Totals earlier) {
    // Nothing takes time without being counted, and most endpoints of a large service are idle.
    return tally.equals(earlier.tally)
        ? NONE
        : new Totals(tally.minus(earlier.tally), latencies.minus(earlier.latencies));
  }
}
