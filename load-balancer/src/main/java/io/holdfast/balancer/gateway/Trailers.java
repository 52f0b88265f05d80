package io.holdfast.balancer.gateway;

import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;
import java.util.Locale;

/**
 * The headers after a chunked body. Some servers put them among those before it, so none passes
 * that would then change where a message ends or goes, who sent it, or how it is read.
 */
final class Trailers {

  private static final List<String> PREFIXES =
      List.of("x-forwarded-", "x-holdfast-", "proxy-", "sec-", "if-");
  private static final List<String> NAMES =
      List.of(
          "content-length",
          "content-type",
          "content-encoding",
          "content-range",
          "content-location",
          "host",
          "authorization",
          "cookie",
          "set-cookie",
          "forwarded",
          "traceparent",
          "tracestate",
          "cache-control",
          "expect",
          "range",
          "max-forwards",
          "age",
          "date",
          "expires",
          "location",
          "retry-after",
          "vary",
          "idempotency-key");

  private Trailers() {}

  static void clean(HttpContent part) {
    if (part instanceof LastHttpContent last && !last.trailingHeaders().isEmpty()) {
      HttpHeaders trailers = last.trailingHeaders();
      HopByHop.remove(trailers);
      List.copyOf(trailers.names()).stream()
          .filter(Trailers::belongsBefore)
          .forEach(trailers::remove);
    }
  }

  private static boolean belongsBefore(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return NAMES.contains(lower) || PREFIXES.stream().anyMatch(lower::startsWith);
  }
}
