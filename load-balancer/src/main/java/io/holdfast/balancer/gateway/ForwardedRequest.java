package io.holdfast.balancer.gateway;

import io.holdfast.client.view.HttpRules;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpScheme;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/** The request as the service gets it, the same with each try. */
final class ForwardedRequest {

  private static final Pattern TRACE_PARENT =
      Pattern.compile(
          "(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-.*)?");

  private ForwardedRequest() {}

  static HttpRequest of(
      HttpRequest request, Admission.Admitted admitted, String clientAddress, HttpScheme scheme) {
    HttpHeaders headers = request.headers().copy();
    boolean chunked = HttpUtil.isTransferEncodingChunked(request);
    HopByHop.remove(headers);
    headers.remove(HttpHeaderNames.EXPECT);
    Upgrade.askedBy(request).ask(headers);
    if (chunked) {
      headers.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
    }
    String authority = admitted.target().authority();
    headers.set(HttpHeaderNames.HOST, authority);
    headers.set("X-Forwarded-For", forwardedFor(headers, clientAddress));
    headers.set("X-Forwarded-Host", authority);
    headers.set("X-Forwarded-Proto", scheme.name());
    trace(headers);
    return new DefaultHttpRequest(HttpVersion.HTTP_1_1, request.method(), admitted.path(), headers);
  }

  /** Whether carrying it out twice is as good as once. */
  static boolean isIdempotent(HttpRequest request) {
    return HttpRules.isIdempotent(request.method().name())
        || request.headers().contains(HttpRules.KEY);
  }

  private static String forwardedFor(HttpHeaders headers, String clientAddress) {
    String before = String.join(", ", headers.getAll("X-Forwarded-For"));
    return before.isEmpty() ? clientAddress : before + ", " + clientAddress;
  }

  private static void trace(HttpHeaders headers) {
    if (!TRACE_PARENT.matcher(headers.get("traceparent", "")).matches()) {
      // Marked as sampled: services that sample by their parent would record nothing otherwise.
      headers.set("traceparent", "00-" + hex(16) + "-" + hex(8) + "-01");
      headers.remove("tracestate");
    }
  }

  private static String hex(int length) {
    byte[] bytes = new byte[length];
    ThreadLocalRandom.current().nextBytes(bytes);
    // All zeros mean no id.
    bytes[0] |= 1;
    return HexFormat.of().formatHex(bytes);
  }
}
