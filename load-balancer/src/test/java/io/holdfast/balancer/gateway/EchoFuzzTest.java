package io.holdfast.balancer.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.balancer.gateway.EchoFuzz.Way;
import io.holdfast.client.fixture.Views;
import io.holdfast.core.InstanceId;
import io.holdfast.core.ServiceName;
import io.holdfast.core.spec.Entrance;
import io.holdfast.protocol.fixture.Certificate;
import io.holdfast.protocol.security.TlsFiles;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bytes that the gateway passes on unread arrive as they were sent, and nothing is left of it. */
final class EchoFuzzTest {

  @TempDir Path data;

  @Test
  void byTcpAndThroughTunnels() throws Exception {
    InetSocketAddress own =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), Setup.deadPort());
    try (EchoFuzz fuzz = EchoFuzz.seeded(FuzzTime.seed());
        Setup setup =
            Setup.with(
                data,
                Views.web(Setup.IN_TURN, Views.endpoint(0, 1, fuzz.port())),
                Views.service(
                    "raw",
                    Setup.IN_TURN.with(new Entrance.Own(own.getPort(), Entrance.Mode.TCP)),
                    Views.endpoint(new InstanceId(new ServiceName("raw"), 0, 1), fuzz.port())))) {
      setup.awaitOwnPort();
      Way tcp = new Way(() -> open(own), false, true);
      Way tunnel = new Way(() -> open(setup.address()), true, false);

      assertNothingIsLost(fuzz, setup, List.of(tcp, tunnel));
    }
  }

  @Test
  void throughTunnelsBehindTls() throws Exception {
    TlsFiles files = Certificate.of("echo.example.com", "EC").in(data);
    try (EchoFuzz fuzz = EchoFuzz.seeded(FuzzTime.seed());
        Setup setup =
            Setup.secure(data.resolve("data"), files, Views.endpoint(0, 1, fuzz.port()))) {
      assertNothingIsLost(
          fuzz, setup, List.of(new Way(() -> TlsClient.to(setup.address()), true, false)));
    }
  }

  private static void assertNothingIsLost(EchoFuzz fuzz, Setup setup, List<Way> ways)
      throws Exception {
    try (Leaks leaks = Leaks.watched()) {
      fuzz.run(ways, FuzzTime.goesOn());

      setup.awaitNoConnections();
      System.out.println("fuzz: " + fuzz.figures());
      assertThat(fuzz.wrong()).isEmpty();
      assertThat(leaks.found()).isEmpty();
    }
  }

  private static Socket open(InetSocketAddress address) throws Exception {
    return new Socket(address.getAddress(), address.getPort());
  }
}
