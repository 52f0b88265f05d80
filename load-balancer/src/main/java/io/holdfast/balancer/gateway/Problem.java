package io.holdfast.balancer.gateway;

import io.holdfast.core.ServiceName;
import io.holdfast.core.balancing.TryFailure;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;

/**
 * An answer of the gateway itself.
 *
 * @param detail one sentence without characters that JSON would escape
 */
record Problem(HttpResponseStatus status, String detail) {

  static Problem unavailable(String detail) {
    return new Problem(HttpResponseStatus.SERVICE_UNAVAILABLE, detail);
  }

  static Problem noInstance(ServiceName service) {
    return unavailable("No instance of " + service + " is usable.");
  }

  static Problem overloaded(ServiceName service) {
    return unavailable(
        service + " has more requests than it can answer in time; try again in a moment.");
  }

  /** When the last try of a request has ended like this. */
  static Problem after(TryFailure failure, ServiceName service) {
    return switch (failure) {
      case CONNECT -> unavailable("No instance of " + service + " was reachable.");
      case RESET, GONE, ERROR_RESPONSE ->
          new Problem(
              HttpResponseStatus.BAD_GATEWAY,
              "The instance of " + service + " failed before it answered.");
      case TIMEOUT ->
          new Problem(HttpResponseStatus.GATEWAY_TIMEOUT, service + " did not answer in time.");
    };
  }

  FullHttpResponse response(boolean withBody) {
    byte[] json =
        """
        {"title":"%s","status":%d,"detail":"%s"}
        """
            .formatted(status.reasonPhrase(), status.code(), detail)
            .getBytes(StandardCharsets.UTF_8);
    ByteBuf body = withBody ? Unpooled.wrappedBuffer(json) : Unpooled.EMPTY_BUFFER;
    FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body);
    response
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, "application/problem+json")
        .setInt(HttpHeaderNames.CONTENT_LENGTH, json.length);
    if (status.equals(HttpResponseStatus.SERVICE_UNAVAILABLE)) {
      response.headers().set(HttpHeaderNames.RETRY_AFTER, "1");
    }
    return response;
  }
}
