package io.holdfast.balancer.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequestDecoder;
import java.util.List;

/** Netty's decoder under a strict eye. */
final class RequestDecoder extends HttpRequestDecoder {

  private static final int LONGEST_LINE = 8 << 10;
  private static final int LARGEST_HEAD = 32 << 10;
  private static final int LARGEST_PART = 64 << 10;

  private final StrictReading reading = StrictReading.ofRequests();

  RequestDecoder() {
    super(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(LONGEST_LINE)
            .setMaxHeaderSize(LARGEST_HEAD)
            .setMaxChunkSize(LARGEST_PART)
            .setStrictLineParsing(true));
  }

  /** Whether the client has sent more than the requests that were taken from here. */
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
}
