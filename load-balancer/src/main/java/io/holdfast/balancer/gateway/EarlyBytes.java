package io.holdfast.balancer.gateway;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Holds what a client has said before there is anybody to hear it; on removal the rest of the
 * pipeline gets it.
 *
 * <p>Only a client that has also ended its half is read unasked, so at most what the socket's
 * buffer had room for is held.
 */
final class EarlyBytes extends ChannelInboundHandlerAdapter {

  private final Queue<Object> held = new ArrayDeque<>();
  private boolean ended;

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    held.add(message);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      ended = true;
    } else {
      ctx.fireUserEventTriggered(event);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    held.forEach(ReferenceCountUtil::release);
    held.clear();
    ctx.fireChannelInactive();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    while (!held.isEmpty()) {
      ctx.fireChannelRead(held.remove());
    }
    ctx.fireChannelReadComplete();
    if (ended) {
      ctx.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
    }
  }
}
