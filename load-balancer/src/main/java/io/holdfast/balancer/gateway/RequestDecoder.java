package io.holdfast.balancer.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;

/**
 * Netty's decoder under a strict eye.
 *
 * <p>What follows a request to change protocols is not looked at before it is known in which
 * protocol it was said.
 */
final class RequestDecoder extends HttpRequestDecoder {

  private static final int LONGEST_LINE = 8 << 10;
  private static final int LARGEST_HEAD = 32 << 10;
  private static final int LARGEST_PART = 64 << 10;

  private final StrictReading reading = StrictReading.ofRequests();
  private boolean upgrading;
  private boolean stopped;

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

  /** Whether there is something that may be anything. */
  boolean holdsBack() {
    return stopped && hasMore();
  }

  /** It is HTTP that comes. */
  void goOn() {
    stopped = false;
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) throws Exception {
    if (stopped) {
      // A decoder reads on by itself until it has something to hand over.
      ctx.fireChannelReadComplete();
    } else {
      super.channelReadComplete(ctx);
    }
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf buffer, List<Object> out)
      throws Exception {
    if (stopped) {
      return;
    }
    int from = buffer.readerIndex();
    int known = out.size();
    super.decode(ctx, buffer, out);
    reading.decoded(buffer, from, buffer.readerIndex(), out.subList(known, out.size()));
    out.subList(known, out.size()).forEach(this::decoded);
  }

  private void decoded(Object part) {
    if (part instanceof HttpRequest request) {
      upgrading = Upgrade.askedBy(request).isAsked();
    }
    stopped = upgrading && part instanceof LastHttpContent;
  }
}
