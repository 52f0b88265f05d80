package io.holdfast.balancer.gateway;

import io.holdfast.core.InstanceId;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpObject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection to one instance, used by one request after another. */
// A write or close that fails shows as the end of the connection, which is always handled.
@SuppressWarnings("FutureReturnValueIgnored")
final class Upstream extends ChannelInboundHandlerAdapter {

  private static final Logger LOG = LoggerFactory.getLogger(Upstream.class);

  private final Channel channel;
  private final InstanceId instance;
  private UpstreamUser user = UpstreamUser.none(() -> {});
  private long idleSinceNanos;

  Upstream(Channel channel, InstanceId instance) {
    this.channel = channel;
    this.instance = instance;
  }

  InstanceId instance() {
    return instance;
  }

  void use(UpstreamUser next) {
    user = next;
  }

  void idle(UpstreamUser watcher, long nowNanos) {
    user = watcher;
    idleSinceNanos = nowNanos;
    // Without a read outstanding the end of an idle connection would go unnoticed.
    channel.read();
  }

  long idleNanos(long nowNanos) {
    return nowNanos - idleSinceNanos;
  }

  boolean isOpen() {
    return channel.isActive();
  }

  boolean isWritable() {
    return channel.isWritable();
  }

  void write(HttpObject part) {
    channel.write(part);
  }

  void flush() {
    channel.flush();
  }

  void read() {
    channel.read();
  }

  void close() {
    user = UpstreamUser.none(() -> {});
    channel.close();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    user.received((HttpObject) message);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    user.receivedAll();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (channel.isWritable()) {
      user.writable();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    user.closed();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    // Resets are what retries are for; the end of the connection, which follows, is what counts.
    LOG.debug("the connection to {} failed", instance, cause);
    ctx.close();
  }
}
