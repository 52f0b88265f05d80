package io.holdfast.client;

import io.holdfast.client.view.CarriedTime;
import io.holdfast.core.routing.Endpoint;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Optional;

/** The request as an instance gets it, the same with each try but for the time that is left. */
final class ForwardedRequest {

  /** Whether this JVM lets anybody say to whom a request is, other than by its address. */
  private static final boolean MAY_NAME_HOST = mayNameHost();

  private static final Duration LATE = Duration.ofSeconds(1);
  private static final String FORWARDED_HOST = "X-Forwarded-Host";

  private final HttpRequest request;
  private final SentBody body;

  private ForwardedRequest(HttpRequest request, SentBody body) {
    this.request = request;
    this.body = body;
  }

  static ForwardedRequest of(HttpRequest request, TimeLeft time) {
    return new ForwardedRequest(request, SentBody.of(request.bodyPublisher(), time));
  }

  SentBody body() {
    return body;
  }

  /**
   * @param left of the time that it has
   */
  HttpRequest to(Endpoint endpoint, Duration left) {
    HttpRequest.Builder to =
        HttpRequest.newBuilder(request, (_, _) -> true)
            .uri(uri(endpoint))
            .version(HttpClient.Version.HTTP_1_1)
            .setHeader(CarriedTime.HEADER, CarriedTime.text(left));
    if (request.bodyPublisher().isPresent()) {
      to.method(request.method(), body);
    }
    // One try must not end before the request does.
    request.timeout().ifPresent(own -> to.timeout(own.plus(LATE)));
    if (request.headers().firstValue(FORWARDED_HOST).isEmpty()) {
      to.setHeader(FORWARDED_HOST, request.uri().getRawAuthority());
    }
    if (MAY_NAME_HOST) {
      to.setHeader("Host", request.uri().getRawAuthority());
    }
    return to.build();
  }

  private URI uri(Endpoint endpoint) {
    String host =
        endpoint.address().contains(":") ? "[" + endpoint.address() + "]" : endpoint.address();
    URI asked = request.uri();
    String query = Optional.ofNullable(asked.getRawQuery()).map(text -> "?" + text).orElse("");
    return URI.create("http://" + host + ":" + endpoint.port() + asked.getRawPath() + query);
  }

  private static boolean mayNameHost() {
    try {
      HttpRequest.newBuilder().header("Host", "any");
      return true;
    } catch (IllegalArgumentException restricted) {
      return false;
    }
  }
}
