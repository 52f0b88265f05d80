package io.holdfast.core.supervision;

import io.holdfast.core.InstanceId;
import java.time.Instant;

/**
 * Most instances do badly together, so the cause is not theirs and nothing is done about any.
 *
 * @param bad how many do badly, when that was found
 * @param judged of how many
 * @param worst one that surely exceeded the thresholds
 * @param evidence of that one, in words
 */
public record CommonCause(int bad, int judged, InstanceId worst, String evidence, Instant since) {

  /** In a few plain words. */
  public String summary() {
    return bad + " of " + judged + " instances do badly together";
  }
}
