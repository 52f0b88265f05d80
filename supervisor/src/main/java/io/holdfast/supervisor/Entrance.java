package io.holdfast.supervisor;

import akka.actor.BootstrapSetup;
import akka.actor.setup.ActorSystemSetup;
import akka.remote.artery.tcp.SSLEngineProviderSetup;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.holdfast.core.CannotStart;
import io.holdfast.protocol.security.Access;
import io.holdfast.protocol.security.Circle;
import io.holdfast.protocol.security.JoinTokens;
import io.holdfast.protocol.security.MutualTls;
import io.holdfast.protocol.security.Renewed;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;

/**
 * Who is let in: other supervisors by a certificate with the subject of this one's, agents and view
 * subscribers by any of the CA, and by a token where there are some.
 */
final class Entrance {

  private record Tls(MutualTls supervisors, MutualTls agents) {}

  private final Optional<Tls> tls;
  private final Optional<Renewed<JoinTokens, JoinTokens>> tokens;
  private final Refusals refusals;

  private Entrance(
      Optional<Tls> tls, Optional<Renewed<JoinTokens, JoinTokens>> tokens, Refusals refusals) {
    this.tls = tls;
    this.tokens = tokens;
    this.refusals = refusals;
  }

  /** Reads the files. */
  static Entrance of(Access access) throws CannotStart {
    Refusals refusals = new Refusals(System::nanoTime);
    Optional<Tls> tls = Optional.empty();
    if (access.tls().isPresent()) {
      tls =
          Optional.of(
              new Tls(
                  MutualTls.of(
                      "TLS certificate for supervisors",
                      access.tls().get(),
                      Circle.SUBJECT,
                      why -> refusals.tell("a supervisor", why)),
                  MutualTls.of(
                      "TLS certificate for agents and gateways",
                      access.tls().get(),
                      Circle.AUTHORITY,
                      why -> refusals.tell("an agent or a gateway", why))));
    }
    return new Entrance(tls, JoinTokens.of(access), refusals);
  }

  /**
   * Says in a sentence why nobody could meet this supervisor, which would only try for ever: other
   * supervisors where there are some, by the address that they are told.
   */
  static void require(SupervisorSettings settings) throws CannotStart {
    if (settings.access().tls().isEmpty()) {
      return;
    }
    MutualTls own = MutualTls.of("own", settings.access().tls().get(), Circle.SUBJECT, _ -> {});
    if (settings.seeds().isCluster()) {
      InetSocketAddress self = settings.cluster();
      own.requireEqual(self.getAddress().getHostAddress(), self.getPort());
    } else {
      own.requireValid();
    }
  }

  /** For the actor system, which listens for other supervisors. */
  ActorSystemSetup forSupervisors(Config config) {
    return tls.map(
            known ->
                ActorSystemSetup.create(
                    BootstrapSetup.create(encrypted(config)),
                    SSLEngineProviderSetup.create(_ -> new ClusterTls(known.supervisors()))))
        .orElseGet(() -> ActorSystemSetup.create(BootstrapSetup.create(config)));
  }

  private static Config encrypted(Config config) {
    return ConfigFactory.parseMap(Map.of("akka.remote.artery.transport", "tls-tcp"))
        .withFallback(config);
  }

  /** For the port of agents and view subscribers. */
  void secure(NettyServerBuilder builder) {
    tls.ifPresent(known -> builder.sslContext(known.agents().grpcServer()));
    // Whoever comes last is asked first: nothing is known of a stream without a token.
    tokens.ifPresent(known -> builder.intercept(new TokenCheck(known, refusals)));
  }
}
