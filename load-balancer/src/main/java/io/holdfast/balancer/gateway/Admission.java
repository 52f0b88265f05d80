package io.holdfast.balancer.gateway;

import io.holdfast.balancer.view.RouteTable;
import io.holdfast.balancer.view.RoutedService;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Whether a request is let in, and to which service. */
sealed interface Admission {

  /** It goes to this service under this path, the prefix removed. */
  record Admitted(RoutedService service, RequestTarget target, String path) implements Admission {}

  /**
   * It does not.
   *
   * @param framed whether it is known where the request ends, so that the connection can go on
   */
  record Refused(HttpResponseStatus status, String why, boolean framed) implements Admission {}

  String PREFIX = "/-/";
  Pattern PLAIN_HOST = Pattern.compile("[A-Za-z0-9.:_\\[\\]-]{1,255}");

  static Admission of(HttpRequest request, RouteTable table) {
    return badFraming(request)
        .or(() -> unsupported(request))
        .or(() -> tooEarly(table))
        .orElseGet(() -> routed(request, table));
  }

  private static Optional<Admission> badFraming(HttpRequest request) {
    if (request.decoderResult().isFailure()) {
      return Optional.of(undecodable(request.decoderResult().cause()));
    }
    if (!isKnown(request.protocolVersion())) {
      return refused(HttpResponseStatus.HTTP_VERSION_NOT_SUPPORTED, "This is HTTP/1.1.", false);
    }
    List<String> codings = request.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
    if (!codings.isEmpty() && !isChunked(codings)) {
      return refused(
          HttpResponseStatus.BAD_REQUEST, "The only transfer coding taken is chunked.", false);
    }
    int hosts = request.headers().getAll(HttpHeaderNames.HOST).size();
    boolean hostMissing = hosts == 0 && request.protocolVersion().equals(HttpVersion.HTTP_1_1);
    return hosts > 1 || hostMissing
        ? refused(HttpResponseStatus.BAD_REQUEST, "A request needs exactly one Host.", false)
        : Optional.empty();
  }

  private static Admission undecodable(Throwable cause) {
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

  private static Optional<Admission> unsupported(HttpRequest request) {
    if (request.method().equals(HttpMethod.CONNECT)) {
      return refused(HttpResponseStatus.NOT_IMPLEMENTED, "CONNECT is not supported.", false);
    }
    if (asksToUpgrade(request)) {
      return refused(
          HttpResponseStatus.NOT_IMPLEMENTED,
          "Upgrades, such as WebSocket, are not supported yet.",
          true);
    }
    String expected = request.headers().get(HttpHeaderNames.EXPECT, "");
    return expected.isEmpty() || HttpHeaderValues.CONTINUE.contentEqualsIgnoreCase(expected)
        ? Optional.empty()
        : refused(
            HttpResponseStatus.EXPECTATION_FAILED, "Only 100-continue can be expected.", true);
  }

  private static Optional<Admission> tooEarly(RouteTable table) {
    return table.isHeld()
        ? Optional.empty()
        : refused(HttpResponseStatus.SERVICE_UNAVAILABLE, "No routing view is held yet.", true);
  }

  /** An offer of HTTP/2 is no demand: many clients make it with each first request. */
  private static boolean asksToUpgrade(HttpRequest request) {
    String protocol = request.headers().get(HttpHeaderNames.UPGRADE, "").trim();
    return !protocol.isEmpty() && !protocol.equalsIgnoreCase("h2c");
  }

  private static Admission routed(HttpRequest request, RouteTable table) {
    String hostHeader = request.headers().get(HttpHeaderNames.HOST, "");
    return RequestTarget.of(request.uri(), hostHeader)
        .map(
            target ->
                target.path().startsWith(PREFIX) ? byPath(target, table) : byHost(target, table))
        .orElseGet(
            () ->
                new Refused(
                    HttpResponseStatus.BAD_REQUEST, "The request target is not a path.", true));
  }

  private static Admission byPath(RequestTarget target, RouteTable table) {
    String rest = target.path().substring(PREFIX.length());
    int end = 0;
    while (end < rest.length() && rest.charAt(end) != '/' && rest.charAt(end) != '?') {
      end++;
    }
    String name = rest.substring(0, end);
    String after = rest.substring(end);
    String path = after.startsWith("/") ? after : "/" + after;
    return table
        .byName(name)
        .<Admission>map(service -> new Admitted(service, target, path))
        .orElseGet(() -> unknown("by the path prefix " + shown(PREFIX, name)));
  }

  private static Admission byHost(RequestTarget target, RouteTable table) {
    return table
        .byHost(target.host())
        .<Admission>map(service -> new Admitted(service, target, target.path()))
        .orElseGet(() -> unknown("by the Host " + shown("", target.authority())));
  }

  private static Admission unknown(String asked) {
    return new Refused(HttpResponseStatus.NOT_FOUND, "There is no service " + asked + ".", true);
  }

  private static String shown(String prefix, String text) {
    return PLAIN_HOST.matcher(text).matches() ? "'" + prefix + text + "'" : "that was sent";
  }

  private static boolean isKnown(HttpVersion version) {
    return version.equals(HttpVersion.HTTP_1_1) || version.equals(HttpVersion.HTTP_1_0);
  }

  private static boolean isChunked(List<String> codings) {
    return codings.size() == 1
        && HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(codings.getFirst().trim());
  }

  private static Optional<Admission> refused(
      HttpResponseStatus status, String why, boolean framed) {
    return Optional.of(new Refused(status, why, framed));
  }
}
