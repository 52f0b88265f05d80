package io.holdfast.balancer.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpStatusClass;
import java.util.List;

/** Reads the answers of one instance, each knowing the method that it answers. */
final class ResponseDecoder extends HttpResponseDecoder {

  private static final int LONGEST_LINE = 8 << 10;
  private static final int LARGEST_HEAD = 64 << 10;
  private static final int LARGEST_PART = 64 << 10;

  private final StrictReading reading = StrictReading.ofResponses();
  private HttpMethod asked = HttpMethod.GET;

  ResponseDecoder() {
    super(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(LONGEST_LINE)
            .setMaxHeaderSize(LARGEST_HEAD)
            .setMaxChunkSize(LARGEST_PART)
            .setStrictLineParsing(true));
  }

  void expect(HttpMethod method) {
    asked = method;
  }

  /** Whether the instance has sent more than the answers that were taken from here. */
  boolean hasMore() {
    return actualReadableBytes() > 0;
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf buffer, List<Object> out)
      throws Exception {
    int from = buffer.readerIndex();
    int known = out.size();
    super.decode(ctx, buffer, out);
    reading.decoded(buffer, from, buffer.readerIndex(), out.subList(known, out.size()));
  }

  @Override
  protected boolean isContentAlwaysEmpty(HttpMessage message) {
    return asked.equals(HttpMethod.HEAD)
        || isInterim(message)
        || super.isContentAlwaysEmpty(message);
  }

  private static boolean isInterim(HttpMessage message) {
    return message instanceof HttpResponse head
        && head.status().codeClass() == HttpStatusClass.INFORMATIONAL;
  }

  /** Whoever asked for another protocol takes this decoder away; for all others none is spoken. */
  @Override
  protected boolean isSwitchingToNonHttp1Protocol(HttpResponse head) {
    return false;
  }
}
