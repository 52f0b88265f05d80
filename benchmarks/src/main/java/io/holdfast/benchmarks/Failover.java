package io.holdfast.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * Three supervisors on one PostgreSQL, the oldest of which is killed again and again, while an
 * agent runs instances and a gateway sends them a steady load. How long it takes until another
 * takes a change and its instance is ready, which needs the catalogue, the service and the node;
 * what became of the requests; and whether all that was acknowledged is there in the end.
 *
 * <p>Arguments: the URL of an empty database, how often (10). Who connects stands in PGUSER and
 * PGPASSWORD.
 */
final class Failover {

  private static final int RATE = 500;
  private static final Duration LONGEST = Duration.ofMinutes(60);
  private static final Duration WARM_UP = Duration.ofSeconds(5);
  private static final double NANOS_PER_SECOND = 1e9;

  private Failover() {}

  public static void main(String[] arguments) throws Exception {
    String journal = arguments[0];
    int times = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10;
    Path base = Files.createTempDirectory("holdfast-failover");
    List<Process> roles = new ArrayList<>();
    try (Cluster cluster =
        Cluster.open(base, journal, Collections.nCopies(3, Place.HERE), _ -> List.of())) {
      int port = Ports.free();
      roles.add(role(cluster, "agent", base, "--node", "bench"));
      roles.add(role(cluster, "gateway", base, "--listen", "127.0.0.1:" + port));
      Waiting.until("a node is there", () -> cluster.get(0, "/v1/nodes").size() == 1);
      cluster.apply(0, web(CProgram.compiled("backend", base)));
      Load load = new Load(CProgram.compiled("load", base), port, "web", RATE);
      Waiting.until("it answers", load::isServed);
      load.run(WARM_UP);
      measure(cluster, load, times);
    } finally {
      for (Process role : roles) {
        List<ProcessHandle> children = role.descendants().toList();
        role.destroyForcibly().waitFor();
        children.forEach(ProcessHandle::destroyForcibly);
      }
    }
    House.delete(base);
    System.exit(0);
  }

  private static Process role(Cluster cluster, String role, Path base, String... more)
      throws Exception {
    List<String> words =
        new ArrayList<>(
            List.of(
                role,
                "--supervisor",
                cluster.supervisors(),
                "--data",
                base.resolve(role).toString()));
    words.addAll(List.of(more));
    return RoleProcess.start(Place.HERE, words, base.resolve(role + ".log"));
  }

  private static void measure(Cluster cluster, Load load, int times) throws Exception {
    JsonNode before = cluster.get(0, "/v1/services/web").path("instances").findPath("id");
    List<Double> taken = new ArrayList<>();
    List<Double> ready = new ArrayList<>();
    Process running = load.start(LONGEST);
    for (int i = 0; i < times; i++) {
      int oldest = cluster.oldest();
      round(cluster, oldest, cluster.besides(oldest), "probe-" + i, taken, ready);
      cluster.restart(oldest);
      cluster.awaitWhole();
      IO.println(
          String.format(
              Locale.ROOT,
              "%d: a change taken after %.1f s, its instance ready after %.1f s",
              i + 1,
              taken.getLast(),
              ready.getLast()));
    }
    running.toHandle().destroy();
    IO.println(Answers.of(running).line(times + " supervisors killed"));
    IO.println("a change is taken after " + Spread.of(taken).text(1) + " s");
    IO.println("its instance is ready after " + Spread.of(ready).text(1) + " s");
    int here = cluster.get(0, "/v1/services").findValuesAsText("name").size();
    IO.println("services " + here + " of " + (times + 1));
    JsonNode after = cluster.get(0, "/v1/services/web").path("instances").findPath("id");
    IO.println("instances of web: first " + before + ", now " + after);
  }

  private static void round(
      Cluster cluster,
      int killed,
      int survivor,
      String probe,
      List<Double> taken,
      List<Double> ready)
      throws Exception {
    long begun = System.nanoTime();
    cluster.kill(killed);
    String spec = "{name: " + probe + ", command: [sleep, \"100000\"]}";
    Waiting.until("a change is taken", () -> cluster.apply(survivor, spec));
    taken.add((System.nanoTime() - begun) / NANOS_PER_SECOND);
    Waiting.until(
        "it is ready",
        () ->
            cluster.get(survivor, "/v1/services/" + probe).path("state").asText().equals("ready"));
    ready.add((System.nanoTime() - begun) / NANOS_PER_SECOND);
  }

  private static String web(Path backend) {
    return "{name: web, instances: 2, command: ["
        + backend
        + ", \"${PORT}\"], ports: {http: auto}}";
  }
}
