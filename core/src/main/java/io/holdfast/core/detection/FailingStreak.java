package io.holdfast.core.detection;

import java.time.Duration;

/**
 * Failures in a row, without an answer between them.
 *
 * @param lasting from the first to the last, which may be long where little is tried
 */
public record FailingStreak(long failures, Duration lasting) {

  public static final FailingStreak NONE = new FailingStreak(0, Duration.ZERO);
}
