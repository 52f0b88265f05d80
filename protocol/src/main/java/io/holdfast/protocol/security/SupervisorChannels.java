package io.holdfast.protocol.security;

import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.holdfast.core.CannotStart;
import java.net.InetSocketAddress;
import java.util.Optional;

/** Channels to supervisors, each with the certificate and the token of its time. */
public final class SupervisorChannels {

  private final Optional<MutualTls> tls;
  private final Optional<Renewed<JoinTokens, JoinTokens>> tokens;

  private SupervisorChannels(
      Optional<MutualTls> tls, Optional<Renewed<JoinTokens, JoinTokens>> tokens) {
    this.tls = tls;
    this.tokens = tokens;
  }

  /** In plain text and without a token. */
  public static SupervisorChannels open() {
    return new SupervisorChannels(Optional.empty(), Optional.empty());
  }

  /** Reads the files. */
  public static SupervisorChannels of(Access access) throws CannotStart {
    Optional<MutualTls> tls = Optional.empty();
    if (access.tls().isPresent()) {
      // Whom a link does not accept it tells itself.
      tls =
          Optional.of(
              MutualTls.of("TLS certificate", access.tls().get(), Circle.AUTHORITY, _ -> {}));
    }
    return new SupervisorChannels(tls, JoinTokens.of(access));
  }

  /** A channel that is yet to be built. */
  public NettyChannelBuilder to(InetSocketAddress supervisor) {
    NettyChannelBuilder channel =
        NettyChannelBuilder.forAddress(supervisor.getHostString(), supervisor.getPort())
            .directExecutor();
    tls.ifPresentOrElse(known -> channel.sslContext(known.grpcClient()), channel::usePlaintext);
    tokens.ifPresent(
        known ->
            channel.intercept(MetadataUtils.newAttachHeadersInterceptor(header(known.current()))));
    return channel;
  }

  private static Metadata header(JoinTokens tokens) {
    Metadata header = new Metadata();
    header.put(JoinTokens.KEY, tokens.first());
    return header;
  }

  /**
   * Why a stream has ended, as a sentence fragment about the supervisor.
   *
   * @param answered whether anything has come on it before
   */
  public String trouble(Throwable failure, boolean answered) {
    return new LinkTrouble(tls).of(failure, answered);
  }
}
