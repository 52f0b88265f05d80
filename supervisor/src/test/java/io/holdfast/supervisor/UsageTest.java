package io.holdfast.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.core.HostUsage;
import io.holdfast.core.InstanceId;
import io.holdfast.core.instance.Phase;
import io.holdfast.core.instance.Report;
import io.holdfast.core.instance.Usage;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What agents have observed, as the admin API shows it. */
final class UsageTest {

  private static final String WEB =
      """
      kind: service
      name: web
      command: [web]
      ports: {http: auto}
      """;
  private static final HostUsage HOST =
      new HostUsage(OptionalDouble.of(12.5), 1.5, 1L << 29, 1L << 40);

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir Path data;

  @Test
  void whatAgentsMeasureIsShownWithInstancesAndNodesAndCountedOverLaunches() throws Exception {
    try (Supervisor supervisor = Supervisor.start(settings());
        AdminClient admin = new AdminClient(supervisor.httpAddress());
        FakeAgent agent = FakeAgent.connected(supervisor.grpcAddress(), "node-a")) {
      admin.apply(WEB);
      InstanceId first = agent.awaitLaunch();
      agent.report(FakeAgent.alive(first, Phase.READY, 100, 20_001));
      agent.measured(HOST, Map.of(first, used(2_000, OptionalInt.of(9))));

      JsonNode usage =
          admin.await("/v1/services/web", web -> usage(web).has("cpu")).path("instances").path(0);
      assertThat(usage.path("usage").toString())
          .isEqualTo("{\"cpu\":2.0,\"memory\":1000,\"descriptors\":9,\"threads\":3}");
      JsonNode node = admin.get("/v1/nodes").path(0);
      assertThat(node.path("used").path("memory").asLong()).isEqualTo(1L << 29);
      assertThat(node.path("used").path("diskFree").asLong()).isEqualTo(1L << 40);
      assertThat(node.path("pressure").toString()).isEqualTo("{\"cpu\":12.5,\"load\":1.5}");

      agent.report(FakeAgent.killed(first));
      InstanceId second = agent.awaitLaunch();
      agent.report(FakeAgent.alive(second, Phase.READY, 101, 20_002));
      agent.awaitForget();
      agent.measured(HOST, Map.of(second, used(500, OptionalInt.empty())));

      JsonNode later =
          admin.await("/v1/services/web", web -> usage(web).path("cpu").asDouble() == 0.5);
      assertThat(usage(later).has("descriptors")).isFalse();
      assertThat(admin.send("GET", "/metrics", "").body())
          .contains("holdfast_instance_cpu_seconds_total{service=\"web\",slot=\"0\"} 2.5")
          .contains("holdfast_instance_memory_bytes{service=\"web\",slot=\"0\"} 1000")
          .contains("holdfast_instance_threads{service=\"web\",slot=\"0\"} 3");
    }
  }

  @Test
  void whatKeepsAnInstanceFromBeingReadyIsShownUntilItIs() throws Exception {
    try (Supervisor supervisor = Supervisor.start(settings());
        AdminClient admin = new AdminClient(supervisor.httpAddress());
        FakeAgent agent = FakeAgent.connected(supervisor.grpcAddress(), "node-a")) {
      admin.apply(WEB);
      InstanceId web = agent.awaitLaunch();

      agent.report(
          new Report.Alive(web, Phase.STARTING, 100, Map.of("http", 20_001), NOW, "GET / got 503"));
      admin.await(
          "/v1/services/web",
          service ->
              service
                  .path("waitingFor")
                  .toString()
                  .equals("[\"web/0#1 to be ready: GET / got 503\"]"));

      agent.report(FakeAgent.alive(web, Phase.READY, 100, 20_001));
      JsonNode ready =
          admin.await("/v1/services/web", service -> service.path("ready").asInt() == 1);
      assertThat(ready.path("waitingFor")).isEmpty();
    }
  }

  private static JsonNode usage(JsonNode web) {
    return web.path("instances").path(0).path("usage");
  }

  private static Usage used(long cpuMillis, OptionalInt descriptors) {
    return new Usage(Duration.ofMillis(cpuMillis), 1_000, descriptors, 3);
  }

  private SupervisorSettings settings() {
    InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    return new SupervisorSettings(free, free, free, data);
  }
}
