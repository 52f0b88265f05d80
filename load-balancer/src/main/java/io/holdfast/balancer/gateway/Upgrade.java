package io.holdfast.balancer.gateway;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The protocols to which a client wants to change, such as WebSocket; none when it does not.
 *
 * <p>An offer of HTTP/2 is left out: many clients make it with each first request, and nothing but
 * HTTP/1.1 is spoken here.
 */
record Upgrade(List<String> protocols) {

  private static final Pattern PROTOCOL =
      Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+(/[!#$%&'*+.^_`|~0-9A-Za-z-]+)?");

  /** An Upgrade that Connection does not name means nobody, and old clients cannot ask. */
  static Upgrade askedBy(HttpRequest request) {
    boolean means =
        request.headers().contains(HttpHeaderNames.UPGRADE)
            && request.protocolVersion().equals(HttpVersion.HTTP_1_1)
            && tokens(request.headers(), HttpHeaderNames.CONNECTION)
                .anyMatch(HttpHeaderValues.UPGRADE::contentEqualsIgnoreCase);
    return new Upgrade(
        means
            ? tokens(request.headers(), HttpHeaderNames.UPGRADE)
                .filter(protocol -> !protocol.equalsIgnoreCase("h2c"))
                .toList()
            : List.of());
  }

  boolean isAsked() {
    return !protocols.isEmpty();
  }

  boolean isWellFormed() {
    return protocols.stream().allMatch(protocol -> PROTOCOL.matcher(protocol).matches());
  }

  /** Whether the instance changes to what was asked for. */
  boolean isMetBy(HttpResponse switching) {
    List<String> chosen = tokens(switching.headers(), HttpHeaderNames.UPGRADE).toList();
    return !chosen.isEmpty()
        && chosen.stream().allMatch(one -> protocols.stream().anyMatch(one::equalsIgnoreCase));
  }

  /** Asks the next hop for it. */
  void ask(HttpHeaders headers) {
    if (isAsked()) {
      headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE);
      headers.set(HttpHeaderNames.UPGRADE, String.join(", ", protocols));
    }
  }

  private static Stream<String> tokens(HttpHeaders headers, CharSequence name) {
    return headers.getAll(name).stream()
        .flatMap(value -> Stream.of(value.split(",", -1)))
        .map(String::trim)
        .filter(token -> !token.isEmpty());
  }
}
