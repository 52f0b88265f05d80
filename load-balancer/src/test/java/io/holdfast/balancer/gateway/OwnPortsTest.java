package io.holdfast.balancer.gateway;

import static io.holdfast.client.fixture.Views.endpoint;
import static io.holdfast.client.fixture.Views.service;
import static io.holdfast.client.fixture.Views.web;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.InstanceId;
import io.holdfast.core.ServiceName;
import io.holdfast.core.routing.ServiceRoute;
import io.holdfast.core.spec.Entrance;
import io.holdfast.core.spec.RoutingPolicy;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service may have a port of its own on every gateway. */
final class OwnPortsTest {

  private static final int BIG = 16 << 20;

  @TempDir Path data;

  private InetSocketAddress own;

  @BeforeEach
  void findAPort() throws Exception {
    own = new InetSocketAddress(InetAddress.getLoopbackAddress(), Setup.deadPort());
  }

  @Test
  void requestsOnItReachItsServiceWhateverTheyNameAndSoDoThoseOnTheSharedPort() throws Exception {
    try (Backend backend = Backend.saying("web");
        Setup setup = Setup.with(data, web(http(), Setup.endpoints(backend)))) {
      awaitOpen();
      assertThat(RawClient.ask(own, "GET / HTTP/1.1\r\nHost: shop.example.com\r\n\r\n").text())
          .isEqualTo("web");
      assertThat(RawClient.ask(own, RawClient.get("/-/other/a")).text()).isEqualTo("web");
      assertThat(backend.awaitRequest().header("Host")).contains("shop.example.com");
      assertThat(backend.awaitRequest().start()).startsWith("GET /-/other/a ");
      assertThat(RawClient.ask(setup.address(), RawClient.get("/")).text()).isEqualTo("web");
    }
  }

  @Test
  void itComesAndGoesWithTheService() throws Exception {
    try (Backend backend = Backend.saying("web");
        Setup setup = Setup.with(data, web(Setup.IN_TURN, Setup.endpoints(backend)))) {
      assertThat(isOpen()).isFalse();
      setup.change(web(http(), Setup.endpoints(backend)));
      awaitOpen();
      try (RawClient client = RawClient.to(own)) {
        assertThat(client.ask(RawClient.get("/")).text()).isEqualTo("web");
        setup.change(service("other", Setup.IN_TURN));

        assertThat(client.isEnded()).isTrue();
      }
      awaitClosed();
    }
  }

  @Test
  void itMayPassFromOneServiceToAnother() throws Exception {
    try (Backend first = Backend.saying("web");
        Backend second = Backend.saying("api");
        Setup setup = Setup.with(data, web(http(), Setup.endpoints(first)))) {
      awaitOpen();
      setup.change(api(http(), second));
      while (!"api".equals(answer())) {
        Thread.onSpinWait();
      }
    }
  }

  @Test
  void onePortInUseIsToldAndTriedAgain() throws Exception {
    try (Backend backend = Backend.saying("web")) {
      ServerSocket taken = new ServerSocket(own.getPort(), 1, InetAddress.getLoopbackAddress());
      try (taken;
          Setup setup = Setup.with(data, web(http(), Setup.endpoints(backend)))) {
        while (!setup.metrics().contains("holdfast_gateway_own_ports{state=\"failed\"} 1.0")) {
          Thread.onSpinWait();
        }
        assertThat(RawClient.ask(setup.address(), RawClient.get("/")).text()).isEqualTo("web");
        taken.close();
        awaitOpen();
        assertThat(answer()).isEqualTo("web");
        assertThat(setup.metrics()).contains("holdfast_gateway_own_ports{state=\"failed\"} 0.0");
      }
    }
  }

  @Test
  void oneThatIsTheSharedPortIsToldOnceAndLeavesThatAlone() throws Exception {
    try (Warnings warnings = Warnings.of(OwnPorts.class);
        Backend backend = Backend.saying("web");
        Setup setup = Setup.with(data, web(Setup.IN_TURN, Setup.endpoints(backend)))) {
      int shared = setup.address().getPort();
      RoutingPolicy same = Setup.IN_TURN.with(new Entrance.Own(shared, Entrance.Mode.TCP));
      setup.change(web(same, Setup.endpoints(backend)));
      while (!setup.metrics().contains("holdfast_gateway_own_ports{state=\"failed\"} 1.0")) {
        Thread.onSpinWait();
      }
      setup.change(web(same, Setup.endpoints(backend)), api(Setup.IN_TURN, backend));
      assertThat(RawClient.ask(setup.address(), RawClient.get("/-/api/")).text()).isEqualTo("web");
      assertThat(warnings.texts())
          .containsExactly(
              "cannot listen on port "
                  + shared
                  + " for web by TCP: it is the one of this gateway that all services share"
                  + " (--listen)");
    }
  }

  @Test
  void byTcpBytesGoBothWaysAndEachHalfEndsByItself() throws Exception {
    try (ServerSocket instance = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Setup setup = Setup.with(data, web(tcp(), endpoint(0, 1, instance.getLocalPort())))) {
      Thread.ofVirtual().start(() -> answerAfterTheEnd(instance));
      setup.awaitOwnPort();
      try (Socket client = new Socket(own.getAddress(), own.getPort())) {
        client.getOutputStream().write(new byte[BIG]);
        client.shutdownOutput();
        assertThat(Message.latin(client.getInputStream().readAllBytes()))
            .isEqualTo(Integer.toString(BIG));
      }
      assertThat(RawClient.ask(setup.address(), RawClient.get("/")).status()).isEqualTo(404);
    }
  }

  @Test
  void byTcpAClientThatHasSaidAllGetsAllOfALongAnswer() throws Exception {
    try (ServerSocket instance = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Setup setup = Setup.with(data, web(tcp(), endpoint(0, 1, instance.getLocalPort())))) {
      Thread.ofVirtual().start(() -> answerAtLength(instance));
      setup.awaitOwnPort();
      try (Socket client = new Socket(own.getAddress(), own.getPort())) {
        client.getOutputStream().write('x');
        client.shutdownOutput();
        assertThat(RawClient.sip(client.getInputStream())).isEqualTo(BIG);
      }
    }
  }

  @Test
  void byTcpAnInstanceThatCannotBeConnectedIsPassedOver() throws Exception {
    try (Backend backend = Backend.saying("web");
        Setup setup =
            Setup.with(
                data,
                web(tcp(), endpoint(0, 1, Setup.deadPort()), endpoint(1, 2, backend.port())))) {
      setup.awaitOwnPort();
      for (int i = 0; i < 4; i++) {
        assertThat(answer()).isEqualTo("web");
      }
    }
  }

  @Test
  void byTcpAConnectionEndsWhenItsInstanceLeavesTheView() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    try (Backend backend = Backend.hangingUntil(never, "");
        Setup setup = Setup.with(data, web(tcp(), Setup.endpoints(backend)))) {
      setup.awaitOwnPort();
      try (RawClient client = RawClient.to(own)) {
        client.send(RawClient.get("/"));
        backend.awaitRequest();
        setup.change(web(tcp()));
        assertThat(client.isEnded()).isTrue();
      }
      never.countDown();
    }
  }

  @Test
  void byTcpWithoutAnyInstanceTheConnectionEndsAfterTheServicesTime() throws Exception {
    RoutingPolicy hasty =
        Setup.policy(Duration.ofMillis(300), Setup.IN_TURN.retries())
            .with(new Entrance.Own(own.getPort(), Entrance.Mode.TCP));
    try (Setup setup = Setup.with(data, web(hasty))) {
      setup.awaitOwnPort();
      try (RawClient client = RawClient.to(own)) {
        assertThat(client.isEnded()).isTrue();
      }
      assertThat(setup.metrics())
          .contains(
              "holdfast_gateway_tcp_connections_total{outcome=\"unreachable\",service=\"web\"}");
    }
  }

  private RoutingPolicy http() {
    return Setup.IN_TURN.with(new Entrance.Own(own.getPort(), Entrance.Mode.HTTP));
  }

  private RoutingPolicy tcp() {
    return Setup.IN_TURN.with(new Entrance.Own(own.getPort(), Entrance.Mode.TCP));
  }

  private static ServiceRoute api(RoutingPolicy policy, Backend backend) {
    InstanceId instance = new InstanceId(new ServiceName("api"), 0, 1);
    return service("api", policy, endpoint(instance, backend.port()));
  }

  private String answer() {
    try {
      return RawClient.ask(own, RawClient.get("/")).text();
    } catch (IOException notYet) {
      return "";
    }
  }

  /** By the metrics: a connection to try would be one of the service's. */
  private void awaitOpen() throws IOException {
    while (!isOpen()) {
      Thread.onSpinWait();
    }
  }

  private void awaitClosed() throws IOException {
    while (isOpen()) {
      Thread.onSpinWait();
    }
  }

  private boolean isOpen() throws IOException {
    try {
      RawClient.to(own).close();
      return true;
    } catch (ConnectException refused) {
      return false;
    }
  }

  private static void answerAtLength(ServerSocket listener) {
    try (Socket socket = listener.accept()) {
      socket.getInputStream().read();
      socket.getOutputStream().write(new byte[BIG]);
    } catch (IOException ended) {
      // The client's test fails with it.
    }
  }

  private static void answerAfterTheEnd(ServerSocket listener) {
    long count = 0;
    try (Socket socket = listener.accept()) {
      byte[] block = new byte[64 << 10];
      for (int read = socket.getInputStream().read(block);
          read > 0;
          read = socket.getInputStream().read(block)) {
        count += read;
      }
      Backend.write(socket.getOutputStream(), Long.toString(count));
    } catch (IOException ended) {
      // The client's test fails with it.
    }
  }
}
