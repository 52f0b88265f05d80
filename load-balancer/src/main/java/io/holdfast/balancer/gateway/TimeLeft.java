package io.holdfast.balancer.gateway;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * How long somebody still waits for an answer, as it is carried from hop to hop: milliseconds, so
 * that no clocks have to agree. A service that passes it on spares those behind it what nobody
 * waits for.
 */
final class TimeLeft {

  static final String HEADER = "X-Holdfast-Timeout-Ms";

  private static final Pattern MILLIS = Pattern.compile("[0-9]{1,9}");

  private TimeLeft() {}

  /** What the client gives, at most what the service may take; that if it gives nothing sound. */
  static Duration of(HttpRequest request, Duration whole) {
    String given = request.headers().get(HEADER, "");
    if (!MILLIS.matcher(given).matches()) {
      return whole;
    }
    Duration asked = Duration.ofMillis(Math.max(1, Long.parseLong(given)));
    return asked.compareTo(whole) < 0 ? asked : whole;
  }

  static void tell(HttpHeaders headers, Duration left) {
    headers.set(HEADER, Math.max(1, left.toMillis()));
  }
}
