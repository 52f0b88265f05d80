package io.holdfast.balancer.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;

/**
 * Netty's decoder, which refuses all ambiguous framing but one: it joins folded header lines, which
 * some servers read as headers of their own. Here they make the request invalid.
 */
final class RequestDecoder extends HttpRequestDecoder {

  private static final int LONGEST_LINE = 8 << 10;
  private static final int LARGEST_HEAD = 32 << 10;
  private static final int LARGEST_PART = 64 << 10;

  private boolean inHead = true;
  private boolean folded;
  private byte last;

  RequestDecoder() {
    super(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(LONGEST_LINE)
            .setMaxHeaderSize(LARGEST_HEAD)
            .setMaxChunkSize(LARGEST_PART)
            .setStrictLineParsing(true));
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf buffer, List<Object> out)
      throws Exception {
    int from = buffer.readerIndex();
    int known = out.size();
    super.decode(ctx, buffer, out);
    if (inHead) {
      // The decoder yields the head before it reads any of the body.
      scan(buffer, from, buffer.readerIndex());
    }
    for (Object decoded : out.subList(known, out.size())) {
      judge(decoded);
    }
  }

  private void scan(ByteBuf buffer, int from, int to) {
    for (int i = from; i < to; i++) {
      byte next = buffer.getByte(i);
      folded |= last == '\n' && (next == ' ' || next == '\t');
      last = next;
    }
  }

  private void judge(Object decoded) {
    if (decoded instanceof HttpRequest request) {
      if (folded) {
        request.setDecoderResult(
            DecoderResult.failure(new IllegalArgumentException("a header line is folded")));
      }
      inHead = false;
    }
    if (decoded instanceof LastHttpContent) {
      inHead = true;
      folded = false;
      last = 0;
    }
  }
}
