package io.holdfast.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
    try (Fleet fleet = Fleet.open()) {
      Plane plane = fleet.plane();
      plane.apply(spec(CProgram.compiled("backend", fleet.directory())));
      Load load = fleet.load(Ports.free(), RATE);
      Process gateway = fleet.gateway(load.port());
      try {
        Waiting.until("it answers", load::isServed);
        load.run(WARM_UP);
        measure(plane, load, times);
      } finally {
        gateway.destroy();
        gateway.waitFor();
      }
    }
    System.exit(0);
  }

  private static void measure(Plane plane, Load load, int times) throws Exception {
    Process running = load.start(LONGEST);
    long begun = System.nanoTime();
    for (int i = 0; i < times; i++) {
      restart(plane);
    }
    long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
    // By its handle: the process itself would close what is still to be read.
    running.toHandle().destroy();
    IO.println(Answers.of(running).line(times + " restarts in " + took / 1_000 + " s"));
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

  private static String spec(Path backend) {
    return """
    name: web
    instances: %d
    command: [%s, "${PORT}"]
    ports: {http: auto}
    rollout: {healthyFor: 500ms}
    """
        .formatted(INSTANCES, backend);
  }
}
