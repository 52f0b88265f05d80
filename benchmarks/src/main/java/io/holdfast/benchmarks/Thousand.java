package io.holdfast.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * An agent in a process of its own with a thousand services of one instance each: how long they
 * take to be ready, and the threads and the memory of the agent once they are.
 */
final class Thousand {

  private static final int SERVICES = 1_000;
  private static final Duration SETTLED = Duration.ofSeconds(20);
  private static final ObjectMapper JSON = new ObjectMapper();

  private Thousand() {}

  public static void main(String[] arguments) throws Exception {
    Path data = Files.createTempDirectory("holdfast-thousand");
    try (Plane plane = Plane.open(data.resolve("supervisor"))) {
      Process agent = AgentProcess.start(data.resolve("agent"), plane.grpc());
      Waiting.until("the agent is there", () -> plane.get("/v1/nodes").contains("\"ready\""));
      long begun = System.nanoTime();
      plane.apply(specs(1));
      Waiting.until("all are ready", () -> ready(plane) == SERVICES);
      IO.println(
          String.format(
              Locale.ROOT,
              "%d services ready %d ms after they were applied",
              SERVICES,
              TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun)));
      LockSupport.parkNanos(SETTLED.toNanos());
      Files.readString(Path.of("/proc/" + agent.pid() + "/status"))
          .lines()
          .filter(line -> line.matches("(VmRSS|VmHWM|Threads):.*"))
          .forEach(IO::println);
      plane.apply(specs(0));
      Waiting.until("all are stopped", () -> agent.children().findAny().isEmpty());
      agent.destroy();
      agent.waitFor();
    }
    House.delete(data);
    System.exit(0);
  }

  private static String specs(int instances) {
    StringBuilder specs = new StringBuilder();
    for (int i = 0; i < SERVICES; i++) {
      specs.append(
          "---\n{name: s%d, instances: %d, command: [sleep, \"100000\"], ports: {http: auto}}\n"
              .formatted(i, instances));
    }
    return specs.toString();
  }

  private static int ready(Plane plane) throws Exception {
    int ready = 0;
    for (var service : JSON.readTree(plane.get("/v1/services?limit=1000"))) {
      ready += service.path("ready").asInt();
    }
    return ready;
  }
}
