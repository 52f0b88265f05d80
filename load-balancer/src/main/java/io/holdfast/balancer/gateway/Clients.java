package io.holdfast.balancer.gateway;

import io.holdfast.balancer.view.FollowedView;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.time.Duration;

/** All connections of clients, at most {@value #MOST}; one more is closed at once. */
// A write or close that fails shows as the end of the connection, which is always handled.
@SuppressWarnings("FutureReturnValueIgnored")
@Sharable
final class Clients extends ChannelInitializer<SocketChannel> {

  private static final int MOST = 10_000;

  private final Lanes lanes;
  private final FollowedView view;
  private final ChannelGroup open = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);

  Clients(Lanes lanes, FollowedView view) {
    this.lanes = lanes;
    this.view = view;
  }

  @Override
  protected void initChannel(SocketChannel channel) {
    if (open.size() >= MOST || !open.add(channel)) {
      channel.close();
      return;
    }
    Lane lane = lanes.of(channel.eventLoop(), view);
    ClientConnection.open(lane, channel);
  }

  /** Lets each finish its request, and closes what is left after {@code atMost}. */
  void finish(Duration atMost) {
    open.forEach(
        channel ->
            channel
                .eventLoop()
                .execute(() -> channel.pipeline().fireUserEventTriggered(Draining.BEGUN)));
    boolean finished = open.newCloseFuture().awaitUninterruptibly(atMost.toMillis());
    if (!finished) {
      open.close().awaitUninterruptibly();
    }
  }
}
