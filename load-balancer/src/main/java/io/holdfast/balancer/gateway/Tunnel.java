package io.holdfast.balancer.gateway;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One side of two connections whose bytes go from each to the other, whatever they mean.
 *
 * <p>Each side is read only while the other can be written, so that what is held is one read and
 * what a socket's buffer has no room for. Both end when nothing has moved for long, and when one of
 * them has ended and the other has got all that it said.
 */
// A write or close that fails shows as the end of the connection, which is always handled.
@SuppressWarnings("FutureReturnValueIgnored")
final class Tunnel extends ChannelInboundHandlerAdapter {

  /** What keeps quiet connections alive, such as the pings of WebSocket, comes more often. */
  static final Duration LONGEST_IDLE = Duration.ofMinutes(10);

  /** Once one side has ended, how long the other may take none of the last bytes. */
  private static final Duration LONGEST_STALL = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(Tunnel.class);

  private final SocketChannel other;

  private Tunnel(SocketChannel other) {
    this.other = other;
  }

  /** Joins the ends of two pipelines of one event loop; both are to be read after that. */
  static void join(SocketChannel client, SocketChannel instance) {
    client
        .pipeline()
        .addLast(new IdleStateHandler(0, 0, LONGEST_IDLE.toSeconds(), TimeUnit.SECONDS))
        .addLast(new Tunnel(instance));
    instance.pipeline().addLast(new Tunnel(client));
    client.closeFuture().addListener(closed -> endAfter(instance));
    instance.closeFuture().addListener(closed -> endAfter(client));
  }

  /** One that has said all it will may go on listening. */
  static void allowHalf(SocketChannel side) {
    side.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
  }

  private static void endAfter(SocketChannel rest) {
    if (rest.isOpen()) {
      rest.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
      // Observes what leaves the socket, so that a slow reader has all the time it needs.
      rest.pipeline()
          .addFirst(new IdleStateHandler(true, 0, LONGEST_STALL.toSeconds(), 0, TimeUnit.SECONDS));
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    other.write(message);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    other.flush();
    readOn(ctx.channel(), other);
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    readOn(other, ctx.channel());
  }

  private static void readOn(Channel from, Channel to) {
    if (to.isWritable()) {
      from.read();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      SocketChannel channel = (SocketChannel) ctx.channel();
      other.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> saidAll(channel));
    } else if (event instanceof IdleStateEvent) {
      ctx.close();
    }
  }

  private void saidAll(SocketChannel channel) {
    if (channel.isOutputShutdown()) {
      channel.close();
    } else {
      other.shutdownOutput();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    LOG.debug("one side of a tunnel has failed", cause);
    ctx.close();
  }
}
