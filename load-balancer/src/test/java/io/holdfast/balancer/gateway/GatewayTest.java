package io.holdfast.balancer.gateway;

import static io.holdfast.client.fixture.Views.endpoint;
import static io.holdfast.client.fixture.Views.web;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.core.CannotStart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GatewayTest {

  private static final InetSocketAddress ANY_PORT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  @TempDir Path data;

  @Test
  void goesOnFromTheLastViewWhenNoSupervisorAnswers() throws Exception {
    try (Backend backend = Backend.saying("web")) {
      Setup.of(data, Setup.IN_TURN, backend).close();

      try (Gateway gateway = Gateway.start(Setup.settings(data, nobody()))) {
        assertThat(gateway.ready().toCompletableFuture()).isCompleted();
        assertThat(RawClient.ask(gateway.address(), RawClient.get("/")).text()).isEqualTo("web");
      }
    }
  }

  @Test
  void losingTheSupervisorChangesNothingForClients() throws Exception {
    try (Backend backend = Backend.saying("web");
        Setup setup = Setup.of(data, Setup.IN_TURN, backend)) {
      setup.hub().close();

      assertThat(RawClient.ask(setup.address(), RawClient.get("/")).text()).isEqualTo("web");
    }
  }

  @Test
  void healthSaysWhetherAViewIsHeld() throws Exception {
    try (Gateway gateway = Gateway.start(Setup.settings(data.resolve("none"), nobody()));
        Setup setup = Setup.with(data, web(Setup.IN_TURN))) {
      assertThat(admin(gateway, "/health/live").status()).isEqualTo(200);
      assertThat(admin(gateway, "/health/ready").status()).isEqualTo(503);
      assertThat(admin(setup.gateway(), "/health/ready").status()).isEqualTo(200);
      assertThat(admin(setup.gateway(), "/else").status()).isEqualTo(404);
    }
  }

  @Test
  void countsWhatItDoes() throws Exception {
    try (Backend backend = Backend.saying("web");
        Setup setup = Setup.of(data, Setup.IN_TURN, backend)) {
      RawClient.ask(setup.address(), RawClient.get("/"));
      RawClient.ask(setup.address(), "GET / HTTP/1.1\r\nHost: nobody\r\n\r\n");

      assertThat(setup.metrics())
          .contains("holdfast_gateway_requests_total{code=\"200\",service=\"web\"} 1.0")
          .contains("holdfast_gateway_requests_total{code=\"404\",service=\"-\"} 1.0")
          .contains("holdfast_gateway_request_seconds_count{service=\"web\"} 1")
          .contains("holdfast_view_version 1.0")
          .contains("holdfast_view_age_seconds ");
    }
  }

  @Test
  void closingFinishesWhatRunsAndTakesNothingNew() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    try (Backend backend = Backend.hangingUntil(release, "finished");
        Setup setup = Setup.of(data, Setup.IN_TURN, backend);
        RawClient idle = RawClient.to(setup.address());
        RawClient client = RawClient.to(setup.address())) {
      client.send(RawClient.get("/"));
      backend.awaitRequest();
      CompletableFuture<Void> closing =
          CompletableFuture.runAsync(
              setup.gateway()::close, task -> Thread.ofPlatform().start(task));

      assertThat(idle.isEnded()).isTrue();
      release.countDown();
      assertThat(client.read().text()).isEqualTo("finished");
      assertThat(client.isEnded()).isTrue();
      closing.get(30, TimeUnit.SECONDS);
      assertThatThrownBy(() -> RawClient.to(setup.address())).isInstanceOf(ConnectException.class);
    }
  }

  @Test
  void idleConnectionsToAnInstanceThatLeftAreClosed() throws Exception {
    CountDownLatch closed = new CountDownLatch(1);
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Setup setup =
            Setup.with(data, web(Setup.IN_TURN, endpoint(0, 1, listener.getLocalPort())))) {
      Thread.ofVirtual().start(() -> answerOnceAndSeeTheEnd(listener, closed));
      assertThat(RawClient.ask(setup.address(), RawClient.get("/")).status()).isEqualTo(200);

      setup.change(web(Setup.IN_TURN));
      Backend.await(closed);
    }
  }

  @Test
  void aPortInUseIsSaidInOneSentence() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      InetSocketAddress at =
          new InetSocketAddress(InetAddress.getLoopbackAddress(), taken.getLocalPort());

      assertThatThrownBy(() -> start(at, Optional.empty()))
          .isInstanceOf(CannotStart.class)
          .hasMessage(
              "cannot listen on 127.0.0.1:" + at.getPort() + " (--listen): the port is in use");
      assertThatThrownBy(() -> start(ANY_PORT, Optional.of(at)))
          .isInstanceOf(CannotStart.class)
          .hasMessage(
              "cannot listen on 127.0.0.1:" + at.getPort() + " (--http): the port is in use");
    }
    start(ANY_PORT, Optional.empty()).close();
  }

  @Test
  void listensOnLoopbackOnly() {
    InetSocketAddress everywhere = new InetSocketAddress("0.0.0.0", 0);

    assertThatThrownBy(() -> start(everywhere, Optional.empty()))
        .isInstanceOf(CannotStart.class)
        .hasMessage("cannot listen on 0.0.0.0:0 (--listen): the gateway binds to loopback only");
    assertThatThrownBy(() -> start(ANY_PORT, Optional.of(everywhere)))
        .isInstanceOf(CannotStart.class)
        .hasMessageEndingWith("(--http): the gateway binds to loopback only");
    assertThatThrownBy(
            () -> start(InetSocketAddress.createUnresolved("nowhere", 1), Optional.empty()))
        .isInstanceOf(CannotStart.class)
        .hasMessage("cannot listen on nowhere:1 (--listen): the address is not known");
  }

  @Test
  void itsDirectoryIsItsOwn() throws Exception {
    try (Gateway first = start(ANY_PORT, Optional.empty())) {
      assertThat(first.httpAddress()).isEmpty();
      assertThatThrownBy(() -> start(ANY_PORT, Optional.empty()))
          .isInstanceOf(CannotStart.class)
          .hasMessageEndingWith("is in use by another process");
    }
  }

  private Gateway start(InetSocketAddress listen, Optional<InetSocketAddress> http)
      throws Exception {
    return Gateway.start(new GatewaySettings(List.of(nobody()), listen, http, data));
  }

  private static Message admin(Gateway gateway, String path) throws Exception {
    return RawClient.ask(
        gateway.httpAddress().orElseThrow(),
        "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
  }

  private static InetSocketAddress nobody() throws Exception {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), Setup.deadPort());
  }

  private static void answerOnceAndSeeTheEnd(ServerSocket listener, CountDownLatch closed) {
    try (Socket socket = listener.accept()) {
      Message.readRequest(socket.getInputStream());
      Backend.respond(socket.getOutputStream(), "200 OK", "web");
      if (socket.getInputStream().read() < 0) {
        closed.countDown();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
