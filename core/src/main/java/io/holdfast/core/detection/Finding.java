package io.holdfast.core.detection;

import io.holdfast.core.InstanceId;

/**
 * What the outcomes of a window say of one instance.
 *
 * @param evidence in words
 */
public record Finding(InstanceId instance, Opinion opinion, String evidence) {

  /** From good to bad. */
  public enum Opinion {
    WELL,
    /** It does worse than may be, as far as can be seen: not enough to act upon. */
    DOUBTFUL,
    /** It surely exceeds a threshold, and observers agree. */
    EXCEEDS
  }

  boolean isWorseThan(Finding other) {
    return opinion.compareTo(other.opinion) > 0;
  }
}
