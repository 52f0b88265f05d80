package io.holdfast.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * SIGKILL of the agent, a hundred times in a row, over fifty instances: forty-five that run all the
 * time and five that end with code 7 again and again, also while no agent is there.
 *
 * <p>Afterwards each of the forty-five is the process that it was, each slot runs once, every end
 * is on record with its code, and nothing is left when all is stopped. Exits with 1 otherwise.
 */
final class AgentKills {

  private static final int KILLS = 100;
  private static final int STEADY = 45;
  private static final int ENDING = 5;
  private static final Duration LONGEST_LIFE = Duration.ofMillis(1_500);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SPECS =
      """
      kind: service
      name: steady
      instances: %d
      command: [sleep, "100000"]
      ports: {http: auto}
      ---
      kind: service
      name: ending
      instances: %d
      command: [sh, -c, 'sleep 0.$((HOLDFAST_EPOCH %% 7 + 2)); exit 7']
      restart: {intensity: 100000, period: 1h}
      """;

  private final Plane plane;
  private final Path data;
  private final List<String> faults = new ArrayList<>();
  private final SplittableRandom random = new SplittableRandom(1);
  private final Samples adopted = new Samples("start to all adopted");

  private AgentKills(Plane plane, Path data) {
    this.plane = plane;
    this.data = data;
  }

  public static void main(String[] arguments) throws Exception {
    Path data = Files.createTempDirectory("holdfast-kills");
    List<String> faults;
    try (Plane plane = Plane.open(data.resolve("supervisor"))) {
      AgentKills kills = new AgentKills(plane, data.resolve("agent"));
      kills.run();
      faults = kills.faults;
    }
    House.delete(data);
    faults.forEach(IO::println);
    System.exit(faults.isEmpty() ? 0 : 1);
  }

  private void run() throws Exception {
    Process agent = AgentProcess.start(data, plane.grpc());
    plane.apply(SPECS.formatted(STEADY, ENDING));
    Waiting.until("all are up", () -> pids("steady").size() == STEADY);
    Map<String, Long> before = pids("steady");
    for (int kill = 0; kill < KILLS; kill++) {
      agent.destroyForcibly().waitFor();
      long begun = System.nanoTime();
      agent = AgentProcess.start(data, plane.grpc());
      Waiting.until("the agent is back", () -> heard(plane.get("/v1/nodes")));
      adopted.add(Duration.ofNanos(System.nanoTime() - begun));
      // Some live on for a moment, some do not.
      LockSupport.parkNanos(random.nextLong(LONGEST_LIFE.toNanos()));
    }
    IO.println(adopted.line());
    Waiting.until("all slots run again", () -> Set.copyOf(ours()).size() == STEADY + ENDING);
    check("a service that runs all the time was restarted", pids("steady").equals(before));
    checkCopies();
    checkCodes();
    plane.apply(SPECS.formatted(0, 0));
    Waiting.until("all are stopped", () -> ours().isEmpty());
    agent.destroy();
    agent.waitFor();
  }

  private static boolean heard(String nodes) throws IOException {
    JsonNode node = JSON.readTree(nodes).path(0);
    return node.path("state").asText().equals("ready") && node.path("instances").size() >= STEADY;
  }

  private void checkCopies() throws IOException {
    Map<String, Integer> copies = new TreeMap<>();
    ours().forEach(slot -> copies.merge(slot, 1, Integer::sum));
    copies.forEach((slot, count) -> check(slot + " runs " + count + " times", count == 1));
    IO.println(copies.size() + " slots run, each once: " + faults.isEmpty());
  }

  private void checkCodes() throws Exception {
    Map<String, Integer> ends = new TreeMap<>();
    long after = 0;
    while (true) {
      JsonNode page = JSON.readTree(plane.get("/v1/events?limit=1000&after=" + after));
      if (page.isEmpty()) {
        break;
      }
      for (JsonNode event : page) {
        after = event.path("id").asLong();
        if (event.path("type").asText().equals("instance-exited")) {
          String end = event.path("service").asText() + " " + event.path("cause").asText();
          ends.merge(end, 1, Integer::sum);
        }
      }
    }
    IO.println("ends on record: " + ends);
    check(
        "an end is on record without its code",
        ends.keySet().equals(Set.of("ending exited with code 7")));
  }

  private void check(String fault, boolean well) {
    if (!well) {
      faults.add("FAULT: " + fault);
    }
  }

  private Map<String, Long> pids(String service) throws Exception {
    Map<String, Long> pids = new TreeMap<>();
    for (JsonNode instance :
        JSON.readTree(plane.get("/v1/services/" + service)).path("instances")) {
      if (instance.path("state").asText().equals("ready")) {
        pids.put(instance.path("id").asText(), instance.path("pid").asLong());
      }
    }
    return pids;
  }

  /** The slot of every process that was launched for this run, the shims' children alone. */
  private List<String> ours() throws IOException {
    List<String> slots = new ArrayList<>();
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      for (Path process : processes.filter(path -> isNumber(path)).toList()) {
        variables(process)
            .filter(set -> set.contains("HOLDFAST_NODE_ID=" + AgentProcess.NODE))
            .forEach(
                set -> {
                  if (isService(process)) {
                    slots.add(value(set, "HOLDFAST_SERVICE") + "/" + value(set, "HOLDFAST_SLOT"));
                  }
                });
      }
    }
    return slots;
  }

  private static boolean isNumber(Path path) {
    return path.getFileName().toString().chars().allMatch(Character::isDigit);
  }

  private static Stream<Set<String>> variables(Path process) {
    try {
      String text = Files.readString(process.resolve("environ"), StandardCharsets.ISO_8859_1);
      return Stream.of(new HashSet<>(List.of(text.split("\0", -1))));
    } catch (IOException e) {
      // It has ended, or is not ours to look at.
      return Stream.empty();
    }
  }

  /** Neither a shim nor what a service has started itself. */
  private static boolean isService(Path process) {
    try {
      String command = Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1);
      return command.equals("sleep\000100000\000") || command.startsWith("sh\0-c\0sleep 0.");
    } catch (IOException e) {
      return false;
    }
  }

  private static String value(Set<String> variables, String name) {
    return variables.stream()
        .filter(variable -> variable.startsWith(name + "="))
        .map(variable -> variable.substring(name.length() + 1))
        .findFirst()
        .orElse("?");
  }
}
