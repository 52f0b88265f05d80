package io.holdfast.balancer.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** In the event loop's own time. */
final class HeadDeadlineTest {

  private static final long SOON = HeadDeadline.LONGEST.toSeconds() - 1;

  private final RequestDecoder decoder = new RequestDecoder();
  private final Heard heard = new Heard();
  private final EmbeddedChannel channel =
      new EmbeddedChannel(decoder, new HeadDeadline(decoder), heard);

  @Test
  void aHeadThatComesByteByByteIsNotWaitedForBeyondIt() {
    for (int second = 0; second < SOON; second++) {
      say("G");
      pass(1);
    }
    assertThat(heard.passed).isZero();
    say("G");
    pass(1);
    assertThat(heard.passed).isEqualTo(1);
  }

  @Test
  void itDoesNotRunWhileNothingIsSaidOrABodyComes() {
    pass(10 * SOON);
    say("PUT / HTTP/1.1\r\nHost: web\r\nContent-Length: 10\r\n\r\n");
    for (int i = 0; i < 9; i++) {
      say("x");
      pass(SOON);
    }
    say("x");
    pass(10 * SOON);
    assertThat(heard.passed).isZero();
  }

  @Test
  void eachHeadHasItsOwn() {
    for (int i = 0; i < 5; i++) {
      say("GET / HT");
      pass(SOON);
      say("TP/1.1\r\nHost: web\r\n\r\n");
    }
    assertThat(heard.passed).isZero();
    say("GET / HT");
    pass(SOON + 1);
    assertThat(heard.passed).isEqualTo(1);
  }

  private void say(String text) {
    channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
  }

  private void pass(long seconds) {
    channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
    channel.runScheduledPendingTasks();
  }

  private static final class Heard extends ChannelInboundHandlerAdapter {

    private int passed;

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
      if (event == HeadDeadline.Passed.PASSED) {
        passed++;
      }
    }
  }
}
