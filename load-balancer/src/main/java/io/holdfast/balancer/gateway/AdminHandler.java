package io.holdfast.balancer.gateway;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What operators ask the gateway itself: its metrics and its health. */
// A write or close that fails shows as the end of the connection, which is always handled.
@SuppressWarnings("FutureReturnValueIgnored")
final class AdminHandler extends SimpleChannelInboundHandler<FullHttpRequest> {

  private static final Logger LOG = LoggerFactory.getLogger(AdminHandler.class);

  private final GatewayMetrics metrics;
  private final BooleanSupplier isReady;

  AdminHandler(GatewayMetrics metrics, BooleanSupplier isReady) {
    this.metrics = metrics;
    this.isReady = isReady;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
    FullHttpResponse response = answer(request);
    response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    ctx.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
  }

  private FullHttpResponse answer(FullHttpRequest request) {
    boolean reads =
        request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
    if (request.decoderResult().isFailure() || !reads) {
      return new Problem(HttpResponseStatus.BAD_REQUEST, "Only GET is answered.").response(true);
    }
    return switch (request.uri()) {
      case "/metrics" -> text("text/plain; version=0.0.4; charset=utf-8", metrics.text());
      case "/health/live" -> plain("live");
      case "/health/ready" ->
          isReady.getAsBoolean()
              ? plain("ready")
              : Problem.unavailable("No routing view is held yet.").response(true);
      default ->
          new Problem(HttpResponseStatus.NOT_FOUND, "Here are /metrics and /health/live|ready.")
              .response(true);
    };
  }

  private static FullHttpResponse plain(String word) {
    return text("text/plain", (word + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static FullHttpResponse text(String type, byte[] bytes) {
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.OK, Unpooled.wrappedBuffer(bytes));
    response
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, type)
        .setInt(HttpHeaderNames.CONTENT_LENGTH, bytes.length);
    return response;
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    LOG.debug("an operator's connection failed", cause);
    ctx.close();
  }
}
