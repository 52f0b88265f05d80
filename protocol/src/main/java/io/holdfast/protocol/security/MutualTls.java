package io.holdfast.protocol.security;

import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.holdfast.core.CannotStart;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;

/**
 * TLS 1.3 with certificates on both sides. Each new connection is made with the newest files that
 * could be used.
 */
public final class MutualTls {

  static final String PROTOCOL = "TLSv1.3";

  private final Renewed<MutualTlsContents, Side> sides;

  /** This end of the connections that are made next. */
  record Side(SSLContext context, X509Certificate own) {}

  private MutualTls(Renewed<MutualTlsContents, Side> sides) {
    this.sides = sides;
  }

  /**
   * Reads the files.
   *
   * @param name what the log calls it
   * @param refusals told of each certificate that is not accepted, by a sentence about its bearer
   */
  public static MutualTls of(
      String name, MutualTlsFiles files, Circle circle, Consumer<String> refusals)
      throws CannotStart {
    return new MutualTls(
        Renewed.of(
            name,
            () -> MutualTlsContents.read(files),
            contents -> contents.side(circle, refusals)));
  }

  /** For one connection that comes in. */
  public SSLEngine accepting() {
    SSLEngine engine = sides.current().context().createSSLEngine();
    engine.setUseClientMode(false);
    engine.setNeedClientAuth(true);
    engine.setEnabledProtocols(new String[] {PROTOCOL});
    return engine;
  }

  /** For one connection to a host that must be the one in the certificate. */
  public SSLEngine connecting(String host, int port) {
    SSLEngine engine = sides.current().context().createSSLEngine(host, port);
    engine.setUseClientMode(true);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setProtocols(new String[] {PROTOCOL});
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    engine.setSSLParameters(parameters);
    return engine;
  }

  /** For the gRPC server. */
  public SslContext grpcServer() {
    return new GrpcTls(() -> sides.current().context(), false);
  }

  /** For a gRPC channel. */
  SslContext grpcClient() {
    return new GrpcTls(() -> sides.current().context(), true);
  }

  /** What anybody must have against this end, as a clause about its certificate. */
  Optional<String> flaw() {
    X509Certificate own = sides.known().own();
    return Distrusted.time(own).map(flaw -> "the certificate of this end " + flaw);
  }

  /**
   * Says in a sentence why nobody at all would accept this end now. Whether others know its CA they
   * alone can tell.
   */
  public void requireValid() throws CannotStart {
    X509Certificate own = sides.known().own();
    refuse("nobody would accept it", Distrusted.time(own).map(flaw -> Distrusted.about(own, flaw)));
  }

  /** Says in a sentence why others like this end could not meet it at {@code host}. */
  public void requireEqual(String host, int port) throws CannotStart {
    try {
      new Handshake(connecting(host, port), accepting()).run();
    } catch (SSLException e) {
      refuse(
          "no other supervisor with this --tls-ca would accept it",
          Stream.iterate((Throwable) e, cause -> cause != null, Throwable::getCause)
              .filter(Distrusted.class::isInstance)
              .findFirst()
              .or(() -> Optional.of(e))
              .map(Throwable::getMessage));
    }
  }

  private static void refuse(String verdict, Optional<String> flaw) throws CannotStart {
    if (flaw.isPresent()) {
      throw new CannotStart("--tls-cert cannot be used, " + verdict + ": " + flaw.get());
    }
  }
}
