package io.holdfast.balancer.gateway;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * A request's head has to be complete soon after its first byte: one that comes byte by byte is
 * never idle, and costs nobody but the gateway.
 */
// A task that is not cancelled sees that there is nothing for it to do.
@SuppressWarnings("FutureReturnValueIgnored")
final class HeadDeadline extends ChannelInboundHandlerAdapter {

  static final Duration LONGEST = Duration.ofSeconds(10);

  /** Fired when it has passed. */
  enum Passed {
    PASSED
  }

  private final RequestDecoder decoder;
  private Optional<Future<?>> running = Optional.empty();
  private boolean betweenRequests = true;

  HeadDeadline(RequestDecoder decoder) {
    this.decoder = decoder;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (message instanceof HttpRequest) {
      betweenRequests = false;
      end();
    }
    if (message instanceof LastHttpContent) {
      betweenRequests = true;
    }
    ctx.fireChannelRead(message);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    if (betweenRequests && decoder.hasMore() && running.isEmpty()) {
      running =
          Optional.of(
              ctx.executor().schedule(() -> passed(ctx), LONGEST.toNanos(), TimeUnit.NANOSECONDS));
    }
    ctx.fireChannelReadComplete();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    end();
    ctx.fireChannelInactive();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    end();
  }

  private void passed(ChannelHandlerContext ctx) {
    end();
    ctx.fireUserEventTriggered(Passed.PASSED);
  }

  private void end() {
    running.ifPresent(task -> task.cancel(false));
    running = Optional.empty();
  }
}
