package io.holdfast.balancer.gateway;

import io.holdfast.core.CannotStart;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import java.net.InetSocketAddress;
import java.util.Locale;

/** A socket that takes connections, on loopback only: anyone who reaches it may use it. */
final class Listener {

  private static final int BACKLOG = 1_024;
  private static final int LARGEST_READ = 64 << 10;

  private Listener() {}

  static Channel open(
      String option,
      InetSocketAddress at,
      Transport transport,
      EventLoopGroup loops,
      boolean autoRead,
      ChannelHandler perConnection)
      throws CannotStart {
    requireLoopback(option, at);
    ChannelFuture bound =
        bind(at, transport, loops, autoRead, perConnection).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new CannotStart(cannot(option, at) + reason(bound.cause()));
    }
    return bound.channel();
  }

  /** Begins to listen at an address that is known to be a loopback one. */
  static ChannelFuture bind(
      InetSocketAddress at,
      Transport transport,
      EventLoopGroup loops,
      boolean autoRead,
      ChannelHandler perConnection) {
    return new ServerBootstrap()
        .group(loops)
        .channel(transport.serverSocket())
        .option(ChannelOption.SO_BACKLOG, BACKLOG)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childOption(ChannelOption.AUTO_READ, autoRead)
        .childOption(
            ChannelOption.RECVBUF_ALLOCATOR,
            new AdaptiveRecvByteBufAllocator(512, 4_096, LARGEST_READ).maxMessagesPerRead(1))
        .childHandler(perConnection)
        .bind(at);
  }

  static void requireLoopback(String option, InetSocketAddress at) throws CannotStart {
    if (at.isUnresolved()) {
      throw new CannotStart(cannot(option, at) + "the address is not known");
    }
    if (!at.getAddress().isLoopbackAddress()) {
      throw new CannotStart(cannot(option, at) + "the gateway binds to loopback only");
    }
  }

  private static String cannot(String option, InetSocketAddress at) {
    return "cannot listen on " + shown(at) + " (" + option + "): ";
  }

  static String reason(Throwable cause) {
    String text = String.valueOf(cause.getMessage());
    return text.toLowerCase(Locale.ROOT).contains("address already in use")
        ? "the port is in use"
        : text;
  }

  static String shown(InetSocketAddress at) {
    String host = at.isUnresolved() ? at.getHostString() : at.getAddress().getHostAddress();
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + at.getPort();
  }
}
