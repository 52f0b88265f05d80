package io.holdfast.core.detection;

import io.holdfast.core.spec.Thresholds;

/**
 * One observer of one instance.
 *
 * @param sentToService the observer's requests to all instances of the service
 */
record Witness(Sample sample, long sentToService) {

  /** One return on trial, or one soon after the other, went badly. */
  private static final int AGAIN = 2;

  /**
   * True when the observer had it out for most of the window and still has, and not for the first
   * time in a row: what it saw was no moment's weakness.
   */
  boolean keepsItOut(Thresholds thresholds) {
    return sample.ejections() >= AGAIN
        && sample.ejected().multipliedBy(2).compareTo(thresholds.window()) > 0;
  }

  /**
   * The requests by which this counts. One that keeps it out sends it next to nothing, and what it
   * would have sent goes to the siblings, so all that it sends to the service stands for that.
   */
  long weight(Thresholds thresholds) {
    return keepsItOut(thresholds) ? sentToService : sample.byOutcome().total();
  }
}
