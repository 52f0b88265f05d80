package io.holdfast.balancer.gateway;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.timeout.ReadTimeoutHandler;
import java.util.function.BooleanSupplier;

/** Connections to the admin endpoints. */
@Sharable
final class Operators extends ChannelInitializer<SocketChannel> {

  private static final int LARGEST_BODY = 8 << 10;
  private static final int LONGEST_SILENCE_SECONDS = 10;

  private final GatewayMetrics metrics;
  private final BooleanSupplier isReady;

  Operators(GatewayMetrics metrics, BooleanSupplier isReady) {
    this.metrics = metrics;
    this.isReady = isReady;
  }

  @Override
  protected void initChannel(SocketChannel channel) {
    channel
        .pipeline()
        .addLast(new ReadTimeoutHandler(LONGEST_SILENCE_SECONDS))
        .addLast(new HttpServerCodec())
        .addLast(new HttpObjectAggregator(LARGEST_BODY))
        .addLast(new AdminHandler(metrics, isReady));
  }
}
