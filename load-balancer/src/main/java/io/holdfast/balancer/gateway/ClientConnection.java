package io.holdfast.balancer.gateway;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client: its requests one after another, however many it sends ahead.
 *
 * <p>Parts of requests are handed on one by one as they are wanted. At most one socket read is held
 * beyond that, so a slow instance slows the client and fills no memory.
 */
// A write or close that fails shows as the end of the connection, which is always handled.
@SuppressWarnings("FutureReturnValueIgnored")
final class ClientConnection extends ChannelInboundHandlerAdapter implements Client {

  private static final Logger LOG = LoggerFactory.getLogger(ClientConnection.class);
  private static final Duration LINGER = Duration.ofSeconds(1);

  /** An answer during which nothing moves for so many idle periods is given up. */
  private static final int LONGEST_STALL = 4;

  private final Lane lane;
  private final SocketChannel channel;
  private final Door door;
  private final HttpHandlers http = new HttpHandlers();
  private final Queue<HttpObject> queue = new ArrayDeque<>();
  private Optional<Exchange> exchange = Optional.empty();
  private HttpVersion version = HttpVersion.HTTP_1_1;
  private boolean wanted;
  private boolean pumping;
  private boolean reading;
  private boolean asksToStay;
  private boolean staysOpen;
  private boolean closing;
  private boolean requestComplete = true;
  private int stalls;

  private ClientConnection(Lane lane, SocketChannel channel, Door door) {
    this.lane = lane;
    this.channel = channel;
    this.door = door;
  }

  static void open(Lane lane, SocketChannel channel, Door door) {
    ClientConnection client = new ClientConnection(lane, channel, door);
    client.http.add(channel.pipeline());
    channel.pipeline().addLast(client);
  }

  /** No further request after the one that runs. */
  private void finish() {
    closing = true;
    if (exchange.isEmpty()) {
      channel.close();
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    want();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    queue.add((HttpObject) message);
    pump();
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    reading = false;
    pump();
  }

  @Override
  public int key() {
    return clientAddress(channel.remoteAddress()).hashCode();
  }

  @Override
  public void want() {
    wanted = true;
    pump();
  }

  private void pump() {
    if (pumping) {
      return;
    }
    pumping = true;
    try {
      while (wanted && !queue.isEmpty()) {
        wanted = false;
        deliver(queue.remove());
      }
    } finally {
      pumping = false;
    }
    if (queue.isEmpty() && !reading && channel.isOpen() && !http.holdBack()) {
      // Also when nothing is wanted: the end of the connection shows only to a reader.
      reading = true;
      channel.read();
    }
  }

  private void deliver(HttpObject part) {
    if (part instanceof LastHttpContent) {
      requestComplete = true;
    }
    if (part instanceof HttpRequest request && !isEnding()) {
      requestComplete = part instanceof LastHttpContent;
      version = request.protocolVersion();
      asksToStay = HttpUtil.isKeepAlive(request);
      open(request);
      ReferenceCountUtil.release(part);
    } else if (exchange.isPresent() && part instanceof HttpContent content) {
      exchange.get().bodyPart(content);
    } else {
      ReferenceCountUtil.release(part);
      want();
    }
  }

  private void open(HttpRequest request) {
    switch (Admission.of(request, door, lane.view().table())) {
      case Admission.Refused refused -> refuse(request, refused);
      case Admission.Admitted admitted -> admit(request, admitted);
    }
  }

  private void admit(HttpRequest request, Admission.Admitted admitted) {
    if (HttpUtil.is100ContinueExpected(request) && !isBodiless(request)) {
      channel.writeAndFlush(
          new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
    }
    HttpRequest head =
        ForwardedRequest.of(
            request, admitted, clientAddress(channel.remoteAddress()), FrontTls.scheme(channel));
    Exchange opened = new Exchange(lane, this, admitted, request, head);
    exchange = Optional.of(opened);
    opened.start();
  }

  private void refuse(HttpRequest request, Admission.Refused refused) {
    lane.metrics().refused(refused.status().code());
    // What cannot be told apart from a body, or would have to be swallowed, ends the connection.
    boolean goesOn = refused.framed() && isBodiless(request);
    boolean withBody = !request.method().equals(HttpMethod.HEAD);
    begin(new Problem(refused.status(), refused.why()).response(withBody), goesOn);
    requestComplete = goesOn;
    end();
  }

  private void headTooSlow() {
    lane.metrics().refused(HttpResponseStatus.REQUEST_TIMEOUT.code());
    begin(
        new Problem(HttpResponseStatus.REQUEST_TIMEOUT, "The head of the request came too slowly.")
            .response(true),
        false);
    end();
  }

  private static boolean isBodiless(HttpRequest request) {
    return !HttpUtil.isTransferEncodingChunked(request)
        && HttpUtil.getContentLength(request, 0L) == 0;
  }

  @Override
  public void begin(HttpResponse head, boolean goesOn) {
    staysOpen = goesOn && asksToStay && !closing && !isAmbiguous();
    if (!staysOpen) {
      head.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    } else if (version.equals(HttpVersion.HTTP_1_0)) {
      head.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
    }
    channel.write(head);
  }

  @Override
  public void write(HttpObject part) {
    channel.write(part);
  }

  @Override
  public void flush() {
    channel.flush();
  }

  @Override
  public boolean isWritable() {
    return channel.isWritable();
  }

  @Override
  public void tunnel(HttpResponse head, Upstream instance, Runnable onEnd) {
    exchange = Optional.empty();
    channel.write(head);
    channel.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
    instance.channel().closeFuture().addListener(closed -> onEnd.run());
    // What the client has said already waits until the instance is spoken to in bytes as well.
    EarlyBytes early = new EarlyBytes();
    channel.pipeline().addLast(early);
    Tunnel.join(channel, instance.channel());
    channel.pipeline().remove(this);
    http.remove(channel.pipeline());
    instance.handOver();
    channel.pipeline().remove(early);
  }

  /**
   * Whether the client has gone on before it knew that it will not get the protocol it asked for.
   * That was not to be read as HTTP, and others may have made it up; so it never becomes a request.
   */
  private boolean isAmbiguous() {
    return queue.isEmpty() && http.holdBack();
  }

  @Override
  public void end() {
    exchange = Optional.empty();
    stalls = 0;
    channel.flush();
    if (isAmbiguous()) {
      staysOpen = false;
      requestComplete = false;
    }
    if (queue.isEmpty()) {
      http.goOn();
    }
    if (staysOpen) {
      want();
    } else if (requestComplete) {
      channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    } else {
      linger();
    }
  }

  @Override
  public void abort() {
    exchange = Optional.empty();
    channel.close();
  }

  /** Reads on for a moment: closing over unread bytes would reset the answer away. */
  private void linger() {
    closing = true;
    channel
        .writeAndFlush(Unpooled.EMPTY_BUFFER)
        .addListener(written -> FrontTls.endOutput(channel));
    lane.after(LINGER, channel::close);
    want();
  }

  private boolean isEnding() {
    return closing && !staysOpen && exchange.isEmpty();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (channel.isWritable()) {
      exchange.ifPresent(Exchange::clientWritable);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event == Draining.BEGUN) {
      finish();
    }
    if (event == HeadDeadline.Passed.PASSED && exchange.isEmpty()) {
      headTooSlow();
    }
    if (event instanceof IdleStateEvent idle) {
      stalls = idle.isFirst() ? 1 : stalls + 1;
      boolean stalled =
          exchange.isPresent() && exchange.get().isAnswering() && stalls >= LONGEST_STALL;
      if (exchange.isEmpty() || stalled) {
        channel.close();
      }
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    exchange.ifPresent(Exchange::clientLeft);
    exchange = Optional.empty();
    queue.forEach(ReferenceCountUtil::release);
    queue.clear();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    // Clients come and go as they like; what it means for the request follows from the closing.
    LOG.debug("a client's connection failed", cause);
    ctx.close();
  }

  private static String clientAddress(InetSocketAddress remote) {
    return remote.getAddress().getHostAddress();
  }
}
