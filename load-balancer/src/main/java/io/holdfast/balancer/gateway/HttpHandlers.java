package io.holdfast.balancer.gateway;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.CombinedChannelDuplexHandler;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.timeout.IdleStateHandler;

/** What makes the connection of a client speak HTTP, for as long as it does. */
final class HttpHandlers {

  private static final int IDLE_SECONDS = 75;

  private final IdleStateHandler idle = new IdleStateHandler(0, 0, IDLE_SECONDS);
  private final RequestDecoder decoder = new RequestDecoder();
  private final ChannelHandler codec =
      new CombinedChannelDuplexHandler<>(decoder, new HttpResponseEncoder());
  private final HeadDeadline headDeadline = new HeadDeadline(decoder);

  void add(ChannelPipeline pipeline) {
    pipeline.addLast(idle).addLast(codec).addLast(headDeadline);
  }

  /** Whether the client has gone on after it asked for another protocol. */
  boolean holdBack() {
    return decoder.holdsBack();
  }

  /** The client was not given another protocol. */
  void goOn() {
    decoder.goOn();
  }

  /** What has come and was not taken as HTTP goes on as bytes. */
  void remove(ChannelPipeline pipeline) {
    pipeline.remove(idle);
    pipeline.remove(headDeadline);
    pipeline.remove(codec);
  }
}
