package io.holdfast.client.view;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * How long somebody still waits for an answer, as it is carried from hop to hop: milliseconds, so
 * that no clocks have to agree. A service that passes it on spares those behind it what nobody
 * waits for.
 */
public final class CarriedTime {

  public static final String HEADER = "X-Holdfast-Timeout-Ms";

  private static final Pattern MILLIS = Pattern.compile("[0-9]{1,9}");

  private CarriedTime() {}

  /** What was given, at most what the service may take; that if nothing sound was given. */
  public static Duration of(String given, Duration whole) {
    if (!MILLIS.matcher(given).matches()) {
      return whole;
    }
    Duration asked = Duration.ofMillis(Math.max(1, Long.parseLong(given)));
    return asked.compareTo(whole) < 0 ? asked : whole;
  }

  public static String text(Duration left) {
    return Long.toString(Math.max(1, left.toMillis()));
  }
}
