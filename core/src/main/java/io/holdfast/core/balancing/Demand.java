package io.holdfast.core.balancing;

import java.time.Duration;
import java.util.List;

/**
 * How many requests at a time a service has to bear: those of a second times what each takes. What
 * hangs on an ill endpoint is no demand, so running requests are not counted.
 */
public final class Demand {

  private static final double MIDDLE = 0.5;

  private Demand() {}

  /** Rather too much than too little: the windows are longer than a second. */
  public static double of(List<Conduct> conducts) {
    long requests = 0;
    Latencies latencies = Latencies.NONE;
    for (Conduct one : conducts) {
      requests += one.recent().tally().answered();
      latencies = latencies.plus(one.recent().latencies());
    }
    return requests * latencies.within(MIDDLE) / Duration.ofSeconds(1).toNanos();
  }
}
