package io.holdfast.client;

import static io.holdfast.client.fixture.Views.endpoint;
import static io.holdfast.client.fixture.Views.view;
import static io.holdfast.client.fixture.Views.web;

import io.holdfast.client.fixture.FakeHub;
import io.holdfast.core.CannotStart;
import io.holdfast.core.routing.Endpoint;
import io.holdfast.core.routing.RoutingView;
import io.holdfast.core.spec.BalancingPolicy;
import io.holdfast.core.spec.RetryPolicy;
import io.holdfast.core.spec.RoutingPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/** A load balancer that follows a hub which knows some instances of web. */
record Setup(FakeHub hub, LoadBalancer balancer, RoutingPolicy policy) implements AutoCloseable {

  /** In the order of their slots, and no try ends by its time. */
  static final RoutingPolicy IN_TURN = policy(Duration.ofMinutes(5));

  static RoutingPolicy policy(Duration timeout) {
    return RoutingPolicy.of(
        BalancingPolicy.ROUND_ROBIN,
        Optional.empty(),
        timeout,
        Duration.ofMillis(250),
        new RetryPolicy(2, 0.2, 10));
  }

  static Setup of(Endpoint... endpoints) throws CannotStart {
    return of(IN_TURN, endpoints);
  }

  static Setup of(RoutingPolicy policy, Endpoint... endpoints) throws CannotStart {
    FakeHub hub = FakeHub.serving(view(1, web(policy, endpoints)));
    LoadBalancer balancer = LoadBalancer.named("test").to(hub.address()).connect();
    hub.awaitAck(1);
    return new Setup(hub, balancer, policy);
  }

  /** The instances from now on; returns once they are known, and the version in which they are. */
  long change(Endpoint... endpoints) {
    RoutingView next = view(hub.view().version() + 1, web(policy, endpoints));
    hub.change(next);
    return next.version();
  }

  static HttpRequest.Builder to(String uri) {
    return HttpRequest.newBuilder(URI.create(uri));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return balancer.http().send(request.build(), BodyHandlers.ofString());
  }

  /** One on whose port nobody listens. */
  static Endpoint dead(int slot) {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return endpoint(slot, slot + 1L, socket.getLocalPort());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    balancer.close();
    hub.close();
  }
}
