package io.holdfast.core.detection;

import io.holdfast.core.spec.Thresholds;
import java.time.Duration;

/**
 * One observer of one instance.
 *
 * <p>A balancer soon sends next to nothing to an instance that fails: it takes it out, or picks it
 * only once its failures are long ago. So where an observer avoids an instance, what it would have
 * sent there goes to the siblings, and all that it sends to the service stands for that. What is
 * counted as gone badly is only what went badly within the window all the same: where less than a
 * handful was tried there, nothing is known.
 *
 * @param sentToService the observer's requests to all instances of the service
 */
record Witness(Sample sample, long sentToService) {

  /** One return on trial, or one soon after the other, went badly. */
  private static final int AGAIN = 2;

  private static final int IN_A_ROW = 3;

  /** True when what it saw was no moment's weakness. */
  boolean avoidsIt(Thresholds thresholds) {
    return keepsItOut(thresholds) || failsWheneverTried(thresholds);
  }

  /** It had the instance out for most of the window and still has, not for the first time. */
  private boolean keepsItOut(Thresholds thresholds) {
    return sample.ejections() >= AGAIN && isMost(sample.ejected(), thresholds);
  }

  /** Nothing has been answered, early and late in the window. */
  private boolean failsWheneverTried(Thresholds thresholds) {
    return sample.byOutcome().answered() == 0
        && sample.byOutcome().failed() >= IN_A_ROW
        && isMost(sample.failing().length(), thresholds);
  }

  private static boolean isMost(Duration time, Thresholds thresholds) {
    return time.multipliedBy(2).compareTo(thresholds.window()) > 0;
  }

  /** The requests by which this counts. */
  long weight(Thresholds thresholds) {
    return avoidsIt(thresholds) ? sentToService : sample.byOutcome().total();
  }
}
