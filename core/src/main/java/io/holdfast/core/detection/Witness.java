package io.holdfast.core.detection;

import io.holdfast.core.balancing.Tally;
import io.holdfast.core.spec.Thresholds;
import java.time.Duration;

/**
 * One observer of one instance.
 *
 * <p>A balancer soon sends next to nothing to an instance that fails: it takes it out, or picks it
 * only once its failures are long ago. So where an observer avoids an instance, what it would have
 * sent there goes to the siblings, and all that it sends to the service stands for that. And the
 * tries that it still makes may be further apart than the window is long: so failures in a row
 * count from the first of them, as long as the last is within the window.
 *
 * @param sentToService the observer's requests to all instances of the service
 */
record Witness(Sample sample, long sentToService, Streak streak) {

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

  /** Nothing has been answered for most of a window or longer, early and late. */
  private boolean failsWheneverTried(Thresholds thresholds) {
    return sample.byOutcome().answered() == 0
        && sample.byOutcome().failed() > 0
        && streak.failures() >= IN_A_ROW
        && isMost(streak.lasting(), thresholds);
  }

  private static boolean isMost(Duration time, Thresholds thresholds) {
    return time.multipliedBy(2).compareTo(thresholds.window()) > 0;
  }

  /** The requests by which this counts. */
  long weight(Thresholds thresholds) {
    return avoidsIt(thresholds) ? sentToService : sample.byOutcome().total();
  }

  Tally byOutcome(Thresholds thresholds) {
    return goesBack(thresholds) ? new Tally(0, streak.failures()) : sample.byOutcome();
  }

  /** How far back what is counted by outcome goes. */
  Duration reach(Thresholds thresholds) {
    Duration window = thresholds.window();
    return goesBack(thresholds) && streak.lasting().compareTo(window) > 0
        ? streak.lasting()
        : window;
  }

  /** Only where the window alone holds too little. */
  private boolean goesBack(Thresholds thresholds) {
    return failsWheneverTried(thresholds) && sample.byOutcome().failed() < IN_A_ROW;
  }
}
