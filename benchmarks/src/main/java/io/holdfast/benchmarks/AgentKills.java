package io.holdfast.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * SIGKILL of the agent, a hundred times in a row, over fifty instances: forty-five that run all the
 * time and five that end with code 7 again and again, also while no agent is there. {@code
 * AgentKills [TIMES] [full | damaged]}: on a full disk, or with a damaged note before each start.
 *
 * <p>Afterwards each of the forty-five is the process that it was, each slot runs once, every end
 * is on record with its code, and nothing is left when all is stopped. Exits with 1 otherwise.
 */
final class AgentKills {

  private static final int STEADY = 45;
  private static final int ENDING = 5;
  private static final Duration LONGEST_LIFE = Duration.ofMillis(1_500);
  private static final Duration REFUSED_WITHIN = Duration.ofSeconds(30);
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
  private final KillsPlace place;
  private final OwnProcesses own;
  private final Hardship hardship;
  private final List<String> faults = new ArrayList<>();
  private final SplittableRandom random = new SplittableRandom(1);
  private final Samples adopted = new Samples("start to all adopted");
  private Process agent;

  private AgentKills(Plane plane, KillsPlace place, String hardship) throws IOException {
    this.plane = plane;
    this.place = place;
    this.own = place.processes();
    this.hardship = Hardship.of(hardship, place.agent(), this::refused);
    this.agent = AgentProcess.start(place.agent(), plane.grpc(), place.said());
  }

  public static void main(String[] arguments) throws Exception {
    int times = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100;
    String hardship = arguments.length > 1 ? arguments[1] : "none";
    KillsPlace place = KillsPlace.of(hardship.equals("full"));
    // Whatever the run comes to, also when it is interrupted.
    Runtime.getRuntime().addShutdownHook(new Thread(place::clear));
    List<String> faults;
    try (Plane plane = Plane.open(place.supervisor())) {
      AgentKills kills = new AgentKills(plane, place, hardship);
      kills.run(times);
      faults = kills.faults;
    }
    faults.forEach(IO::println);
    System.exit(faults.isEmpty() ? 0 : 1);
  }

  private void run(int times) throws Exception {
    plane.apply(SPECS.formatted(STEADY, ENDING));
    Waiting.until("all are up", () -> pids("steady").size() == STEADY);
    Map<String, Long> before = pids("steady");
    for (int kill = 0; kill < times; kill++) {
      hardship.beforeDeath();
      agent.destroyForcibly().waitFor();
      hardship.beforeStart();
      check("the agent's absence or refusal has ended a service", allLive(before));
      long begun = System.nanoTime();
      agent = AgentProcess.start(place.agent(), plane.grpc(), place.said());
      Waiting.until("the agent is back", () -> heard(plane.get("/v1/nodes")));
      adopted.add(Duration.ofNanos(System.nanoTime() - begun));
      // Some live on for a moment, some do not.
      hardship.live(Duration.ofNanos(random.nextLong(LONGEST_LIFE.toNanos())));
    }
    IO.println(hardship.told());
    IO.println(adopted.line());
    Waiting.until("all slots run again", () -> Set.copyOf(own.slots()).size() == STEADY + ENDING);
    check("a service that runs all the time was restarted", pids("steady").equals(before));
    checkCopies();
    checkCodes();
    plane.apply(SPECS.formatted(0, 0));
    Waiting.until("all are stopped", () -> own.slots().isEmpty());
    agent.destroy();
    agent.waitFor();
  }

  /** What the agent says that must not start. */
  private String refused() throws Exception {
    Path said = Files.createTempFile(place.base(), "refused", ".txt");
    Process refused =
        AgentProcess.start(place.agent(), plane.grpc(), ProcessBuilder.Redirect.to(said.toFile()));
    boolean ended = refused.waitFor(REFUSED_WITHIN.toSeconds(), TimeUnit.SECONDS);
    refused.destroyForcibly().waitFor();
    check("an agent has started on a damaged note", ended);
    check("an agent that was refused has ended well", !ended || refused.exitValue() == 1);
    return Files.readString(said);
  }

  private static boolean allLive(Map<String, Long> pids) {
    return pids.values().stream().allMatch(pid -> ProcessHandle.of(pid).isPresent());
  }

  private static boolean heard(String nodes) throws IOException {
    JsonNode node = JSON.readTree(nodes).path(0);
    return node.path("state").asText().equals("ready") && node.path("instances").size() >= STEADY;
  }

  private void checkCopies() throws IOException {
    Map<String, Integer> copies = new TreeMap<>();
    own.slots().forEach(slot -> copies.merge(slot, 1, Integer::sum));
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
    // A path that names the launch would make each of them another one.
    Map<String, Integer> kinds = new TreeMap<>();
    ends.forEach(
        (end, count) ->
            kinds.merge(end.replaceAll("ending[./]\\d+[.#]\\d+", "..."), count, Integer::sum));
    IO.println("ends on record: " + kinds);
    ends.keySet().stream()
        .filter(end -> !end.equals("ending exited with code 7") && !hardship.explains(end))
        .forEach(end -> check("an end is on record without its code: " + end, false));
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
}
