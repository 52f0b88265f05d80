package io.holdfast.balancer.gateway;

import io.holdfast.client.view.FollowedView;
import io.holdfast.core.ServiceName;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.time.Duration;
import java.util.Optional;

/** All connections of clients, at most {@value #MOST}; one more is closed at once. */
// A write or close that fails shows as the end of the connection, which is always handled.
@SuppressWarnings("FutureReturnValueIgnored")
final class Clients {

  private static final int MOST = 10_000;
  private static final AttributeKey<Door> DOOR = AttributeKey.valueOf(Clients.class, "door");

  private final Lanes lanes;
  private final FollowedView view;
  private final Optional<FrontTls> tls;
  private final ChannelGroup open = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);

  Clients(Lanes lanes, FollowedView view, Optional<FrontTls> tls) {
    this.lanes = lanes;
    this.view = view;
    this.tls = tls;
  }

  /** Takes connections for what is behind the door. */
  ChannelHandler through(Door door) {
    return new Entry(door);
  }

  private void open(SocketChannel channel, Door door) {
    if (open.size() >= MOST || !open.add(channel)) {
      channel.close();
      return;
    }
    channel.attr(DOOR).set(door);
    Lane lane = lanes.of(channel.eventLoop(), view);
    lane.metrics().ofClient(channel);
    switch (door) {
      case Door.Shared(), Door.Http(_) -> {
        tls.ifPresent(front -> front.secure(channel));
        ClientConnection.open(lane, channel, door);
      }
      case Door.Tcp(ServiceName service) -> TcpConnection.open(lane, channel, service);
    }
  }

  /** Lets each that came through this door finish its request. */
  void drain(Door door) {
    open.stream().filter(channel -> door.equals(channel.attr(DOOR).get())).forEach(Clients::drain);
  }

  private static void drain(Channel channel) {
    channel.eventLoop().execute(() -> channel.pipeline().fireUserEventTriggered(Draining.BEGUN));
  }

  /** Lets each finish its request, and closes what is left after {@code atMost}. */
  void finish(Duration atMost) {
    open.forEach(Clients::drain);
    boolean finished = open.newCloseFuture().awaitUninterruptibly(atMost.toMillis());
    if (!finished) {
      open.close().awaitUninterruptibly();
    }
  }

  /** The connections of one port. */
  @Sharable
  private final class Entry extends ChannelInitializer<SocketChannel> {

    private final Door door;

    private Entry(Door door) {
      this.door = door;
    }

    @Override
    protected void initChannel(SocketChannel channel) {
      open(channel, door);
    }
  }
}
