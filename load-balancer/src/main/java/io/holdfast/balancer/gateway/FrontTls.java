package io.holdfast.balancer.gateway;

import io.holdfast.core.CannotStart;
import io.holdfast.protocol.security.KeyPairFiles;
import io.holdfast.protocol.security.Renewed;
import io.holdfast.protocol.security.TlsFiles;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpScheme;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/**
 * TLS towards clients. New connections use the newest files that could be used; those that are open
 * stay as they are.
 */
// Looking for new files ends with the event loops.
@SuppressWarnings("FutureReturnValueIgnored")
final class FrontTls {

  private static final Duration LOOK = Duration.ofSeconds(1);

  private final Renewed<KeyPairFiles, SslContext> contexts;

  private FrontTls(Renewed<KeyPairFiles, SslContext> contexts) {
    this.contexts = contexts;
  }

  static Optional<FrontTls> of(Optional<TlsFiles> files) throws CannotStart {
    return files.isPresent() ? Optional.of(load(files.get())) : Optional.empty();
  }

  private static FrontTls load(TlsFiles files) throws CannotStart {
    return new FrontTls(
        Renewed.of(
            "TLS certificate for clients", () -> KeyPairFiles.read(files), FrontTls::context));
  }

  /** Looks for new files now. */
  void look() {
    contexts.look();
  }

  /** Looks for new files from time to time, where reading them holds nobody up. */
  void watch(EventLoopGroup loops) {
    loops.scheduleWithFixedDelay(
        () -> Thread.ofVirtual().name("tls-refresh").start(this::look),
        LOOK.toMillis(),
        LOOK.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  void secure(SocketChannel channel) {
    channel.pipeline().addFirst(contexts.known().newHandler(channel.alloc()));
  }

  static HttpScheme scheme(SocketChannel channel) {
    return session(channel).isPresent() ? HttpScheme.HTTPS : HttpScheme.HTTP;
  }

  /** Says that nothing more will come, in a way that is no truncation. */
  static void endOutput(SocketChannel channel) {
    session(channel).ifPresentOrElse(SslHandler::closeOutbound, channel::shutdownOutput);
  }

  private static Optional<SslHandler> session(SocketChannel channel) {
    return Optional.ofNullable(channel.pipeline().get(SslHandler.class));
  }

  private static SslContext context(KeyPairFiles files) throws CannotStart {
    try {
      return SslContextBuilder.forServer(
              files.key(), files.certificates().toArray(X509Certificate[]::new))
          .sslProvider(SslProvider.JDK)
          .protocols("TLSv1.3", "TLSv1.2")
          .applicationProtocolConfig(
              new ApplicationProtocolConfig(
                  Protocol.ALPN,
                  SelectorFailureBehavior.NO_ADVERTISE,
                  SelectedListenerFailureBehavior.ACCEPT,
                  ApplicationProtocolNames.HTTP_1_1))
          .build();
    } catch (SSLException e) {
      throw new CannotStart("--tls-cert and --tls-key cannot be used together");
    }
  }
}
