package io.holdfast.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Rolling restarts of a service of four instances under a steady load through the gateway. The
 * service helps in nothing: it ends at once when it is told to.
 *
 * <p>Argument: how many restarts (100).
 */
final class Rolling {

  private static final int RATE = 1_000;
  private static final int INSTANCES = 4;
  private static final Duration WARM_UP = Duration.ofSeconds(15);
  private static final Duration LONGEST = Duration.ofMinutes(20);
  private static final ObjectMapper JSON = new ObjectMapper();

  private Rolling() {}

  public static void main(String[] arguments) throws Exception {
    int times = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100;
    Path base = Files.createTempDirectory("holdfast-rolling");
    Path generator = CProgram.compiled("load", base);
    Path backend = CProgram.compiled("backend", base);
    try (Plane plane = Plane.open(base.resolve("supervisor"))) {
      Process agent = AgentProcess.start(base.resolve("agent"), plane.grpc());
      Waiting.until("the agent is there", () -> plane.get("/v1/nodes").contains("\"ready\""));
      plane.apply(spec(backend, INSTANCES));
      Load load = new Load(generator, Ports.free(), "web", RATE);
      Process gateway = RoleProcess.gateway(base.resolve("gateway"), plane.grpc(), load.port());
      Waiting.until("it answers", load::isServed);
      load.run(WARM_UP);
      Process running = load.start(LONGEST);
      long begun = System.nanoTime();
      for (int i = 0; i < times; i++) {
        restart(plane);
      }
      long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
      // By its handle: the process itself would close what is still to be read.
      running.toHandle().destroy();
      IO.println(Answers.of(running).line(times + " restarts in " + took / 1_000 + " s"));
      gateway.destroy();
      gateway.waitFor();
      plane.apply(spec(backend, 0));
      Waiting.until("all are stopped", () -> agent.children().findAny().isEmpty());
      agent.destroy();
      agent.waitFor();
    }
    House.delete(base);
    System.exit(0);
  }

  private static void restart(Plane plane) throws Exception {
    Set<String> before = ready(plane);
    plane.post("/v1/services/web/restart");
    Waiting.until(
        "all are new",
        () -> {
          Set<String> now = ready(plane);
          return now.size() == INSTANCES && now.stream().noneMatch(before::contains);
        });
  }

  private static Set<String> ready(Plane plane) throws Exception {
    JsonNode service = JSON.readTree(plane.get("/v1/services/web"));
    return StreamSupport.stream(service.path("instances").spliterator(), false)
        .filter(instance -> instance.path("state").asText().equals("ready"))
        .map(instance -> instance.path("id").asText())
        .collect(Collectors.toSet());
  }

  private static String spec(Path backend, int instances) {
    return """
    name: web
    instances: %d
    command: [%s, "${PORT}"]
    ports: {http: auto}
    rollout: {healthyFor: 500ms}
    """
        .formatted(instances, backend);
  }
}
