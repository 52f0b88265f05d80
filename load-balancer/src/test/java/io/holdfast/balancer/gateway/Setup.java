package io.holdfast.balancer.gateway;

import static io.holdfast.client.fixture.Views.endpoint;
import static io.holdfast.client.fixture.Views.view;
import static io.holdfast.client.fixture.Views.web;

import io.holdfast.client.fixture.FakeHub;
import io.holdfast.core.CannotStart;
import io.holdfast.core.routing.Endpoint;
import io.holdfast.core.routing.RoutingView;
import io.holdfast.core.routing.ServiceRoute;
import io.holdfast.core.spec.BalancingPolicy;
import io.holdfast.core.spec.RetryPolicy;
import io.holdfast.core.spec.RoutingPolicy;
import io.holdfast.protocol.security.TlsFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A gateway that follows a hub which knows some backends. */
record Setup(FakeHub hub, Gateway gateway) implements AutoCloseable {

  /** In the order of their slots, so that a test knows who is asked first. */
  static final RoutingPolicy IN_TURN = policy(Duration.ofSeconds(20), new RetryPolicy(2, 0.2, 10));

  static RoutingPolicy policy(Duration timeout, RetryPolicy retries) {
    return RoutingPolicy.of(
        BalancingPolicy.ROUND_ROBIN, Optional.empty(), timeout, Duration.ofMillis(250), retries);
  }

  static Setup with(Path data, ServiceRoute... routes) throws CannotStart {
    FakeHub hub = FakeHub.serving(view(1, routes));
    Gateway gateway = Gateway.start(settings(data, hub.address()));
    hub.awaitAck(1);
    return new Setup(hub, gateway);
  }

  /** Service web on these backends, slot and epoch by their order. */
  static Setup of(Path data, RoutingPolicy policy, Backend... backends) throws CannotStart {
    return with(data, web(policy, endpoints(backends)));
  }

  /** Service web behind TLS. */
  static Setup secure(Path data, TlsFiles files, Endpoint... endpoints) throws CannotStart {
    FakeHub hub = FakeHub.serving(view(1, web(IN_TURN, endpoints)));
    GatewaySettings plain = settings(data, hub.address());
    Gateway gateway =
        Gateway.start(
            new GatewaySettings(
                plain.channels(),
                plain.supervisors(),
                plain.listen(),
                plain.http(),
                "",
                data,
                Optional.of(files)));
    hub.awaitAck(1);
    return new Setup(hub, gateway);
  }

  /** Service web on one instance that listens there. */
  static Setup on(Path data, RoutingPolicy policy, int port) throws CannotStart {
    return with(data, web(policy, endpoint(0, 1, port)));
  }

  static GatewaySettings settings(Path data, InetSocketAddress supervisor) {
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    return new GatewaySettings(List.of(supervisor), anyPort, Optional.of(anyPort), data);
  }

  static Endpoint[] endpoints(Backend... backends) {
    return IntStream.range(0, backends.length)
        .mapToObj(slot -> endpoint(slot, slot + 1L, backends[slot].port()))
        .toArray(Endpoint[]::new);
  }

  /** A port on which nobody listens. */
  static int deadPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  InetSocketAddress address() {
    return gateway.address();
  }

  /** Makes the next version of the view known and waits until requests are routed by it. */
  void change(ServiceRoute... routes) {
    RoutingView next = view(hub.view().version() + 1, routes);
    hub.change(next);
    hub.awaitAck(next.version());
  }

  String metrics() throws IOException {
    return RawClient.ask(
            gateway.httpAddress().orElseThrow(), "GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n")
        .text();
  }

  /** Until a service's own port is open. */
  void awaitOwnPort() throws IOException {
    while (!metrics().contains("holdfast_gateway_own_ports{state=\"open\"} 1.0")) {
      Thread.onSpinWait();
    }
  }

  /** Idle ones to instances are kept for some seconds. */
  void awaitNoConnections() throws IOException {
    while (!metrics().contains("holdfast_gateway_open_connections{side=\"client\"} 0.0")
        || !metrics().contains("holdfast_gateway_open_connections{side=\"instance\"} 0.0")) {
      Thread.onSpinWait();
    }
  }

  @Override
  public void close() {
    gateway.close();
    hub.close();
  }
}
