package io.holdfast.balancer.gateway;

import io.holdfast.client.view.RouteTable;
import io.holdfast.client.view.RoutedService;
import io.holdfast.core.ServiceName;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
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

  static Admission of(HttpRequest request, Door door, RouteTable table) {
    return RequestCheck.of(request)
        .or(() -> unsupported(request))
        .or(() -> tooEarly(table))
        .orElseGet(() -> routed(request, door, table));
  }

  private static Optional<Admission> unsupported(HttpRequest request) {
    if (request.method().equals(HttpMethod.CONNECT)) {
      return refused(HttpResponseStatus.NOT_IMPLEMENTED, "CONNECT is not supported.", false);
    }
    List<String> expected = request.headers().getAll(HttpHeaderNames.EXPECT);
    return expected.stream().allMatch(HttpHeaderValues.CONTINUE::contentEqualsIgnoreCase)
        ? Optional.empty()
        : refused(
            HttpResponseStatus.EXPECTATION_FAILED, "Only 100-continue can be expected.", true);
  }

  private static Optional<Admission> tooEarly(RouteTable table) {
    return table.isHeld()
        ? Optional.empty()
        : refused(HttpResponseStatus.SERVICE_UNAVAILABLE, "No routing view is held yet.", true);
  }

  private static Admission routed(HttpRequest request, Door door, RouteTable table) {
    String hostHeader = request.headers().get(HttpHeaderNames.HOST, "");
    return RequestTarget.of(request, hostHeader)
        .map(target -> behind(door, target, table))
        .orElseGet(
            () ->
                new Refused(
                    HttpResponseStatus.BAD_REQUEST, "The request target is not a path.", false));
  }

  private static Admission behind(Door door, RequestTarget target, RouteTable table) {
    return switch (door) {
      case Door.Shared() ->
          target.path().startsWith(PREFIX) ? byPath(target, table) : byHost(target, table);
      case Door.Http(ServiceName service) -> byDoor(service, target, table);
      case Door.Tcp(ServiceName service) -> byDoor(service, target, table);
    };
  }

  private static Admission byDoor(ServiceName service, RequestTarget target, RouteTable table) {
    return table
        .service(service)
        .<Admission>map(routed -> new Admitted(routed, target, target.path()))
        .orElseGet(() -> unknown("any more by this port"));
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
        .filter(service -> service.policy().entrance().isShared())
        .<Admission>map(service -> new Admitted(service, target, path))
        .orElseGet(() -> unknown("by the path prefix " + shown(PREFIX, name)));
  }

  private static Admission byHost(RequestTarget target, RouteTable table) {
    return table
        .byHost(target.host())
        .filter(service -> service.policy().entrance().isShared())
        .<Admission>map(service -> new Admitted(service, target, target.path()))
        .orElseGet(() -> unknown("by the Host " + shown("", target.authority())));
  }

  private static Admission unknown(String asked) {
    return new Refused(HttpResponseStatus.NOT_FOUND, "There is no service " + asked + ".", true);
  }

  private static String shown(String prefix, String text) {
    return PLAIN_HOST.matcher(text).matches() ? "'" + prefix + text + "'" : "that was sent";
  }

  private static Optional<Admission> refused(
      HttpResponseStatus status, String why, boolean framed) {
    return Optional.of(new Refused(status, why, framed));
  }
}
