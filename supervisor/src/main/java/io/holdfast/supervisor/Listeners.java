package io.holdfast.supervisor;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Behaviors;
import akka.http.javadsl.Http;
import akka.http.javadsl.ServerBinding;
import akka.http.javadsl.server.Route;
import com.typesafe.config.Config;
import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.holdfast.core.CannotStart;
import io.holdfast.supervisor.api.AdminApi;
import io.holdfast.supervisor.node.AgentLinkService;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** What a supervisor node listens on. */
final class Listeners {

  /** The same on all nodes of a cluster. */
  static final String SYSTEM = "holdfast";

  private static final int LARGEST_MESSAGE = 16 * 1024 * 1024;
  private static final Duration BIND_DEADLINE = Duration.ofSeconds(10);

  private Listeners() {}

  /** The actor system, which listens for other supervisor nodes. */
  static ActorSystem<Void> system(SupervisorSettings settings, Entrance entrance, Store store)
      throws CannotStart {
    Config config = SystemConfig.of(settings.cluster(), settings.seeds(), store);
    try {
      return ActorSystem.create(Behaviors.empty(), SYSTEM, entrance.forSupervisors(config));
    } catch (RuntimeException e) {
      throw inUse("cluster", settings.cluster(), e);
    }
  }

  static Server grpc(InetSocketAddress address, Entrance entrance, BindableService... services)
      throws CannotStart {
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(address)
            .maxInboundMessageSize(LARGEST_MESSAGE)
            .permitKeepAliveTime(1, TimeUnit.SECONDS)
            .permitKeepAliveWithoutCalls(true)
            // Whatever comes is handed to an actor at once: a thread between costs more than that.
            .directExecutor()
            .intercept(AgentLinkService.peerInterceptor());
    entrance.secure(builder);
    for (BindableService service : services) {
      builder.addService(service);
    }
    try {
      return builder.build().start();
    } catch (IOException e) {
      throw inUse("grpc", address, e);
    }
  }

  static ServerBinding http(Http http, InetSocketAddress address, Route routes) throws CannotStart {
    return Waiting.forStart(
        http.newServerAt(address.getAddress().getHostAddress(), address.getPort())
            .withSettings(AdminApi.settings())
            .bind(routes),
        BIND_DEADLINE,
        "cannot listen on " + text(address) + " (--http)");
  }

  private static CannotStart inUse(String option, InetSocketAddress address, Exception e) {
    return new CannotStart(
        "cannot listen on " + text(address) + " (--" + option + "): " + Waiting.rootMessage(e), e);
  }

  private static String text(InetSocketAddress address) {
    return address.getAddress().getHostAddress() + ":" + address.getPort();
  }
}
