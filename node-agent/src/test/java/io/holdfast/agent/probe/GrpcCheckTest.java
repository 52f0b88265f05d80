package io.holdfast.agent.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.protocol.health.HealthCheckResponse.ServingStatus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class GrpcCheckTest {

  private static final Duration PATIENT = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(200);

  @Test
  void aServiceThatServesPasses() throws Exception {
    try (HealthServer server = HealthServer.start().set("shop.v1.Cart", ServingStatus.SERVING);
        GrpcCheck check = check(server.port(), "shop.v1.Cart", PATIENT)) {
      assertThat(check.run()).isEqualTo(ProbeResult.passed());
    }
  }

  @Test
  void theEmptyNameAsksForTheWholeServer() throws Exception {
    try (HealthServer server = HealthServer.start().set("", ServingStatus.SERVING);
        GrpcCheck check = check(server.port(), "", PATIENT)) {
      assertThat(check.run()).isEqualTo(ProbeResult.passed());
    }
  }

  @Test
  void anyOtherStatusMissesAndIsNamed() throws Exception {
    try (HealthServer server = HealthServer.start();
        GrpcCheck one = check(server.port(), "db", PATIENT);
        GrpcCheck whole = check(server.port(), "", PATIENT)) {
      server.set("db", ServingStatus.NOT_SERVING).set("", ServingStatus.UNKNOWN);

      assertThat(one.run())
          .isEqualTo(
              ProbeResult.missed(
                  "the health check of 'db' on port " + server.port() + " answered NOT_SERVING"));
      assertThat(whole.run())
          .isEqualTo(
              ProbeResult.missed(
                  "the health check of the server on port " + server.port() + " answered UNKNOWN"));
    }
  }

  @Test
  void anUnknownServiceMisses() throws Exception {
    try (HealthServer server = HealthServer.start();
        GrpcCheck check = check(server.port(), "db", PATIENT)) {
      assertThat(check.run())
          .isEqualTo(missed(server.port(), " answered that there is no such service"));
    }
  }

  @Test
  void aServerWithoutHealthServiceMisses() throws Exception {
    try (HealthServer server = HealthServer.withoutHealth();
        GrpcCheck check = check(server.port(), "db", PATIENT)) {
      assertThat(check.run()).isEqualTo(missed(server.port(), " found no health service"));
    }
  }

  @Test
  void aServerThatDoesNotAnswerMissesInTime() throws Exception {
    try (HealthServer server = HealthServer.start();
        GrpcCheck check = check(server.port(), "db", SHORT)) {
      server.beSilent();

      assertThat(check.run()).isEqualTo(missed(server.port(), " got no answer within 200ms"));
    }
  }

  @Test
  void whoAcceptsAndSaysNothingMissesInTime() throws Exception {
    try (ServerSocket mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        GrpcCheck check = check(mute.getLocalPort(), "db", SHORT)) {
      assertThat(check.run()).isEqualTo(missed(mute.getLocalPort(), " got no answer within 200ms"));
    }
  }

  @Test
  void whoDoesNotListenMissesAndIsFoundAtOnceWhenItDoes() throws Exception {
    int port = freePort();
    try (GrpcCheck check = check(port, "db", PATIENT)) {
      for (int i = 0; i < 3; i++) {
        assertThat(check.run()).isEqualTo(missed(port, ": Connection refused"));
      }
      try (HealthServer _ = HealthServer.startAt(port).set("db", ServingStatus.SERVING)) {
        assertThat(check.run()).isEqualTo(ProbeResult.passed());
      }
    }
  }

  @Test
  void allChecksTakeOneConnection() throws Exception {
    try (HealthServer server = HealthServer.start().set("db", ServingStatus.SERVING);
        GrpcCheck check = check(server.port(), "db", PATIENT)) {
      for (int i = 0; i < 10; i++) {
        assertThat(check.run()).isEqualTo(ProbeResult.passed());
      }
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  private static GrpcCheck check(int port, String service, Duration timeout) {
    return new GrpcCheck(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), port), service, timeout);
  }

  private static ProbeResult missed(int port, String how) {
    return ProbeResult.missed("the health check of 'db' on port " + port + how);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
