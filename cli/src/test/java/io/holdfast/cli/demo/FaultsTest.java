package io.holdfast.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.cli.client.AdminClient;
import io.holdfast.cli.client.FakeSupervisor;
import io.holdfast.cli.role.Termination;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultsTest {

  private static final String ROUTED = "{\"version\": \"x-1\", \"services\": {\"db\": [%s]}}";
  private static final String DB = "{\"instance\": \"db/0#1\"}";

  private final FakeSupervisor supervisor;
  private final Process victim;
  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

  FaultsTest() throws IOException {
    supervisor = FakeSupervisor.start();
    victim = new ProcessBuilder("sleep", "600").start();
  }

  /** The repair is seen at the first look; the feed of events has told nothing yet. */
  @BeforeEach
  void aDatabaseThatIsRepairedAtOnce() {
    supervisor
        .on("GET /v1/services/db", 200, service("db/0#1"))
        .on("GET /v1/services/db", 200, service("db/0#2"))
        .on("GET /v1/routes", 200, ROUTED.formatted(DB))
        .on("GET /v1/routes?wait=20s&after=x-1", 200, ROUTED.formatted("").replace("x-1", "x-2"))
        .on("GET /v1/events", 200, "text/event-stream", ": nothing yet\n\n");
  }

  @AfterEach
  void stop() {
    supervisor.close();
    victim.destroyForcibly();
  }

  private String service(String instance) {
    return """
    {"name": "db", "desired": 1, "ready": 1, "instances": [{"id": "%s", "slot": 0,
     "role": "active", "state": "ready", "pid": %d, "address": "127.0.0.1", "ports": {"http": 1}}]}
    """
        .formatted(instance, victim.pid());
  }

  private CompletableFuture<Optional<Fault>> injected(AdminClient client, Watch watch, Load load) {
    Screen screen = new PlainScreen(new PrintStream(shown, true, StandardCharsets.UTF_8));
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return new Faults(client, watch, load).inject(screen, Termination.byRequest());
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        },
        task -> Thread.ofVirtual().start(task));
  }

  @Test
  void aFaultIsToldOnlyOnceItsDetectionIs() throws Exception {
    URI api = URI.create(supervisor.url());
    try (AdminClient client = AdminClient.of(api);
        Watch watch = Watch.start(api);
        Load load = Load.start(api, List.of("db"))) {
      CompletableFuture<Optional<Fault>> injected = injected(client, watch, load);
      supervisor.await("GET /v1/services/db", 2);
      Instant exit = Instant.now();
      supervisor.on(
          "GET /v1/events",
          200,
          "text/event-stream",
          """
          data: {"type": "instance-exited", "instance": "db/0#1", "evidence": {"at": "%s"}}

          """
              .formatted(exit));

      Fault fault = injected.get(60, TimeUnit.SECONDS).orElseThrow();

      assertThat(fault.detected()).contains(Duration.between(fault.at(), exit));
      assertThat(shown.toString(StandardCharsets.UTF_8)).doesNotContain("detected no");
    }
  }
}
