package io.holdfast.balancer.gateway;

import io.holdfast.balancer.gateway.Admission.Refused;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.List;
import java.util.Optional;

/**
 * What makes a request one that others could read differently. The connection ends with it, because
 * where the next request would begin is anybody's guess.
 */
final class RequestCheck {

  private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

  private RequestCheck() {}

  static Optional<Admission> of(HttpRequest request) {
    if (request.decoderResult().isFailure()) {
      return Optional.of(undecodable(request.decoderResult().cause()));
    }
    if (!Framing.isKnown(request.protocolVersion())) {
      return refused(HttpResponseStatus.HTTP_VERSION_NOT_SUPPORTED, "This is HTTP/1.1.");
    }
    if (!Framing.isClear(request)) {
      return bad("The only transfer coding taken is chunked, and without a Content-Length.");
    }
    if (!isToken(request.method().name()) || !isTarget(request.uri())) {
      return bad("The request line has characters that belong to none.");
    }
    if (!Upgrade.askedBy(request).isWellFormed()) {
      return bad("Upgrade does not name a protocol.");
    }
    return host(request);
  }

  private static Refused undecodable(Throwable cause) {
    return switch (cause) {
      case TooLongHttpLineException tooLong ->
          new Refused(HttpResponseStatus.REQUEST_URI_TOO_LONG, "At most 8 KiB are taken.", false);
      case TooLongHttpHeaderException tooLong ->
          new Refused(
              HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
              "At most 32 KiB of headers are taken.",
              false);
      case Throwable other ->
          new Refused(HttpResponseStatus.BAD_REQUEST, "This is not an HTTP/1.1 request.", false);
    };
  }

  private static Optional<Admission> host(HttpRequest request) {
    List<String> hosts = request.headers().getAll(HttpHeaderNames.HOST);
    boolean missing = hosts.isEmpty() && request.protocolVersion().equals(HttpVersion.HTTP_1_1);
    if (missing || hosts.size() > 1) {
      return bad("A request needs exactly one Host.");
    }
    return hosts.stream().allMatch(host -> host.isEmpty() || RequestTarget.isAuthority(host))
        ? Optional.empty()
        : bad("The Host is not a name with or without a port.");
  }

  private static boolean isToken(String text) {
    return text.chars()
        .allMatch(
            c ->
                (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || TOKEN_MARKS.indexOf(c) >= 0);
  }

  private static boolean isTarget(String text) {
    return text.chars().allMatch(c -> c > ' ' && c <= '~' && c != '#');
  }

  private static Optional<Admission> bad(String why) {
    return refused(HttpResponseStatus.BAD_REQUEST, why);
  }

  private static Optional<Admission> refused(HttpResponseStatus status, String why) {
    return Optional.of(new Refused(status, why, false));
  }
}
