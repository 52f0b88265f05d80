package io.holdfast.balancer.gateway;

import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;

/** The response's head as the client gets it. */
final class ResponseRelay {

  private ResponseRelay() {}

  /**
   * @param head what the instance answered
   * @param request what the client asked
   */
  static HttpResponse of(HttpResponse head, HttpRequest request, String instance, int attempts) {
    HttpHeaders headers = head.headers().copy();
    HopByHop.remove(headers);
    frame(headers, head.status(), request);
    told(headers, instance, attempts);
    return new DefaultHttpResponse(HttpVersion.HTTP_1_1, head.status(), headers);
  }

  /** Of the answer that changes to what the client has asked for. */
  static HttpResponse switching(HttpResponse head, String instance, int attempts) {
    HttpHeaders headers = head.headers().copy();
    HopByHop.remove(headers);
    headers.remove(HttpHeaderNames.CONTENT_LENGTH);
    headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE);
    headers.set(HttpHeaderNames.UPGRADE, head.headers().getAll(HttpHeaderNames.UPGRADE));
    told(headers, instance, attempts);
    return new DefaultHttpResponse(HttpVersion.HTTP_1_1, head.status(), headers);
  }

  /** Whether only the end of the connection can tell such a client where the body ends. */
  static boolean endsWithConnection(HttpResponse relayed, HttpRequest request) {
    return !isBodiless(relayed.status(), request)
        && !relayed.headers().contains(HttpHeaderNames.CONTENT_LENGTH)
        && !relayed.headers().contains(HttpHeaderNames.TRANSFER_ENCODING);
  }

  private static void told(HttpHeaders headers, String instance, int attempts) {
    headers.set("X-Holdfast-Instance", instance);
    headers.setInt("X-Holdfast-Attempts", attempts);
  }

  private static void frame(HttpHeaders headers, HttpResponseStatus status, HttpRequest request) {
    if (status.equals(HttpResponseStatus.NO_CONTENT)) {
      headers.remove(HttpHeaderNames.CONTENT_LENGTH);
    }
    boolean measured = headers.contains(HttpHeaderNames.CONTENT_LENGTH);
    boolean takesChunks = request.protocolVersion().equals(HttpVersion.HTTP_1_1);
    if (!isBodiless(status, request) && !measured && takesChunks) {
      headers.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
    }
  }

  private static boolean isBodiless(HttpResponseStatus status, HttpRequest request) {
    return request.method().equals(HttpMethod.HEAD)
        || status.equals(HttpResponseStatus.NO_CONTENT)
        || status.equals(HttpResponseStatus.NOT_MODIFIED);
  }
}
