package io.holdfast.balancer.gateway;

import io.holdfast.core.InstanceId;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.CombinedChannelDuplexHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestEncoder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection to one instance, used by one request after another. */
// A write or close that fails shows as the end of the connection, which is always handled.
@SuppressWarnings("FutureReturnValueIgnored")
final class Upstream extends ChannelInboundHandlerAdapter {

  private static final Logger LOG = LoggerFactory.getLogger(Upstream.class);

  private final SocketChannel channel;
  private final ResponseDecoder decoder;
  private final InstanceId instance;
  private UpstreamUser user = UpstreamUser.none(() -> {});
  private long idleSinceNanos;

  private Upstream(SocketChannel channel, ResponseDecoder decoder, InstanceId instance) {
    this.channel = channel;
    this.decoder = decoder;
    this.instance = instance;
  }

  /** Speaks HTTP on the connection from now on. */
  static Upstream on(SocketChannel channel, InstanceId instance) {
    ResponseDecoder decoder = new ResponseDecoder();
    Upstream upstream = new Upstream(channel, decoder, instance);
    channel
        .pipeline()
        .addLast(new CombinedChannelDuplexHandler<>(decoder, new HttpRequestEncoder()))
        .addLast(upstream);
    return upstream;
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

  /** Whether all that the instance has sent so far has been taken. */
  boolean isDrained() {
    return !decoder.hasMore();
  }

  boolean isWritable() {
    return channel.isWritable();
  }

  void begin(HttpRequest head) {
    decoder.expect(head.method());
    channel.write(head);
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

  SocketChannel channel() {
    return channel;
  }

  /** HTTP is no longer spoken. What the decoder holds goes on as bytes. */
  void handOver() {
    channel.pipeline().remove(this);
    channel.pipeline().remove(CombinedChannelDuplexHandler.class);
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
