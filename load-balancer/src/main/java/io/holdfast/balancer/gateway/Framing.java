package io.holdfast.balancer.gateway;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;

/** Whether everyone reads the same end of a message. */
final class Framing {

  private static final int LEAST_STATUS = 100;
  private static final int GREATEST_STATUS = 599;

  private Framing() {}

  /** Whether it is an answer of HTTP/1.1 with a status of a class that there is. */
  static boolean isAnswer(HttpResponse head) {
    return isKnown(head.protocolVersion())
        && isClear(head)
        && head.status().code() >= LEAST_STATUS
        && head.status().code() <= GREATEST_STATUS;
  }

  static boolean isKnown(HttpVersion version) {
    return version.equals(HttpVersion.HTTP_1_1) || version.equals(HttpVersion.HTTP_1_0);
  }

  /** Whether no transfer coding but chunked is used, alone and once, and where it is known. */
  static boolean isClear(HttpMessage message) {
    List<String> codings = message.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
    return codings.isEmpty()
        || (isChunked(codings)
            && message.protocolVersion().equals(HttpVersion.HTTP_1_1)
            && !message.headers().contains(HttpHeaderNames.CONTENT_LENGTH));
  }

  private static boolean isChunked(List<String> codings) {
    return codings.size() == 1
        && HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(codings.getFirst().trim());
  }
}
