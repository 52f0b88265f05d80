package io.holdfast.balancer.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** A decoder reads on by itself until it has something to hand over, but for what it holds back. */
final class RequestDecoderTest {

  private final CountedReads reads = new CountedReads();
  private final RequestDecoder decoder = new RequestDecoder();
  private final EmbeddedChannel channel = new EmbeddedChannel(reads, decoder);

  @Test
  void whatFollowsARequestForAnotherProtocolIsHeldAndNothingMoreIsRead() {
    channel.config().setAutoRead(false);
    comes("GET / HTTP/1.1\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n");
    int before = reads.count;
    comes("GET /admin HTTP/1.1\r\n\r\n");

    assertThat(decoder.holdsBack()).isTrue();
    assertThat(reads.count).isEqualTo(before);
    assertThat(channel.inboundMessages()).hasSize(2);
    channel.finishAndReleaseAll();
  }

  @Test
  void aHeadThatIsNotCompleteIsReadOn() {
    channel.config().setAutoRead(false);
    int before = reads.count;
    comes("GET / HTTP/1.1\r\n");

    assertThat(decoder.holdsBack()).isFalse();
    assertThat(reads.count).isGreaterThan(before);
    channel.finishAndReleaseAll();
  }

  private void comes(String text) {
    channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1));
  }

  private static final class CountedReads extends ChannelOutboundHandlerAdapter {

    private int count;

    @Override
    public void read(ChannelHandlerContext ctx) {
      count++;
      ctx.read();
    }
  }
}
