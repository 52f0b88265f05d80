package io.holdfast.balancer.gateway;

import io.holdfast.core.CannotStart;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS towards clients. New connections use the newest files that could be used; those that are open
 * stay as they are.
 */
// Looking for new files ends with the event loops.
@SuppressWarnings("FutureReturnValueIgnored")
final class FrontTls {

  private static final Logger LOG = LoggerFactory.getLogger(FrontTls.class);

  private static final Duration LOOK = Duration.ofSeconds(1);

  private record Loaded(KeyPairFiles files, SslContext context) {}

  private final TlsFiles files;
  private volatile Loaded loaded;
  private volatile Optional<String> complaint = Optional.empty();

  private FrontTls(TlsFiles files, Loaded loaded) {
    this.files = files;
    this.loaded = loaded;
  }

  static Optional<FrontTls> of(Optional<TlsFiles> files) throws CannotStart {
    return files.isPresent() ? Optional.of(load(files.get())) : Optional.empty();
  }

  private static FrontTls load(TlsFiles files) throws CannotStart {
    return new FrontTls(files, load(KeyPairFiles.read(files)));
  }

  /** Looks for new files from time to time, where reading them holds nobody up. */
  void watch(EventLoopGroup loops) {
    loops.scheduleWithFixedDelay(
        () -> Thread.ofVirtual().name("tls-refresh").start(this::refresh),
        LOOK.toMillis(),
        LOOK.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  void secure(SocketChannel channel) {
    channel.pipeline().addFirst(loaded.context().newHandler(channel.alloc()));
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

  /** Takes over files that have changed; what cannot be used is told once and changes nothing. */
  void refresh() {
    try {
      KeyPairFiles now = KeyPairFiles.read(files);
      if (!now.equals(loaded.files())) {
        loaded = load(now);
        LOG.info("new TLS certificate from {}", files.certificate());
      }
      complaint = Optional.empty();
    } catch (CannotStart e) {
      Optional<String> reason = Optional.ofNullable(e.getMessage());
      if (!reason.equals(complaint)) {
        LOG.warn("the TLS certificate in use stays: {}", reason.orElse("the new one is unusable"));
      }
      complaint = reason;
    }
  }

  private static Loaded load(KeyPairFiles files) throws CannotStart {
    try {
      SslContext context =
          SslContextBuilder.forServer(
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
      return new Loaded(files, context);
    } catch (SSLException e) {
      throw new CannotStart("--tls-cert and --tls-key cannot be used together");
    }
  }
}
