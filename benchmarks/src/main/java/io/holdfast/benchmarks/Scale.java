package io.holdfast.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * What services and their instances cost one supervisor, a process of its own with the launcher's
 * flags: to place them, to remember them, and to tell subscribers of its view that one has died and
 * that its successor is ready. Agents and subscribers are simulated, each over a TCP connection of
 * its own, all on one thread of this process. First a tenth of all, then all.
 *
 * <p>Arguments: services (1,000), instances of each (100), agents (1,000), subscribers (1,000); a
 * fifth one, whatever it is, leaves out the tenth.
 */
final class Scale {

  private static final int ARGUMENTS = 4;
  private static final int TENTH = 10;
  private static final int SERVICES_AT_ONCE = 100;
  private static final int ROUNDS = 20;
  private static final Duration LONGEST = Duration.ofMinutes(15);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration CALM = Duration.ofSeconds(20);
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final double BYTES_PER_KILO = 1 << 10;
  private static final double BYTES_PER_MEGA = 1 << 20;

  private final int services;
  private final int each;
  private final int agents;
  private final int subscribers;

  private Scale(int services, int each, int agents, int subscribers) {
    this.services = services;
    this.each = each;
    this.agents = agents;
    this.subscribers = subscribers;
  }

  public static void main(String[] arguments) throws Exception {
    int services = argument(arguments, 0, 1_000);
    int each = argument(arguments, 1, 100);
    int agents = argument(arguments, 2, 1_000);
    int subscribers = argument(arguments, 3, 1_000);
    if (arguments.length <= ARGUMENTS) {
      new Scale(services / TENTH, each, agents / TENTH, subscribers / TENTH).run();
    }
    new Scale(services, each, agents, subscribers).run();
    System.exit(0);
  }

  private static int argument(String[] arguments, int index, int usual) {
    return arguments.length > index ? Integer.parseInt(arguments[index]) : usual;
  }

  private void run() throws Exception {
    IO.println(
        String.format(
            Locale.ROOT,
            "%d services of %d instances on %d agents, %d subscribers",
            services,
            each,
            agents,
            subscribers));
    Path data = Files.createTempDirectory("holdfast-scale");
    try (Loop loop = new Loop();
        SupervisorProcess supervisor = SupervisorProcess.open(data);
        Swarm swarm = Swarm.open(loop, supervisor.grpc(), agents)) {
      swarm.begin();
      long empty = supervisor.liveBytes();
      place(supervisor, swarm);
      remember(supervisor, empty);
      try (Audience audience = gathered(loop, supervisor)) {
        tell(supervisor, swarm, audience);
      }
      IO.println(
          "  lost agents "
              + swarm.lost()
              + ", suspected "
              + supervisor.events("node-suspect", LONGEST)
              + ", doubted "
              + swarm.doubts());
    }
    House.delete(data);
  }

  private void place(SupervisorProcess supervisor, Swarm swarm) throws Exception {
    long begun = System.nanoTime();
    Duration cpu = supervisor.cpu();
    int late = 0;
    for (int first = 0; first < services; first += SERVICES_AT_ONCE) {
      late += supervisor.api().insist(specs(first, Math.min(services, first + SERVICES_AT_ONCE)));
    }
    int instances = services * each;
    Waiting.until("all are launched", LONGEST, () -> swarm.launched() >= instances);
    double launched = (System.nanoTime() - begun) / NANOS_PER_SECOND;
    Waiting.until(
        "all services are ready",
        LONGEST,
        () ->
            supervisor
                .api()
                .get("/metrics")
                .contains("holdfast_services{state=\"ready\"} " + (double) services));
    double ready = (System.nanoTime() - begun) / NANOS_PER_SECOND;
    double used = supervisor.cpu().minus(cpu).toNanos() / NANOS_PER_SECOND;
    IO.println(
        String.format(
            Locale.ROOT,
            "  placed and launched: %.0f/s (%d in %.1f s), all ready after %.1f s, %.2f ms of CPU"
                + " each; launches %d, on one agent %s; changes said to be late %d",
            instances / launched,
            instances,
            launched,
            ready,
            used * 1e3 / instances,
            swarm.launched(),
            swarm.loads().text(0),
            late));
  }

  private String specs(int from, int until) {
    List<String> documents = new ArrayList<>();
    for (int i = from; i < until; i++) {
      documents.add(
          String.format(
              Locale.ROOT,
              "{name: %s, instances: %d, command: [web, \"${PORT}\"], ports: {http: auto}}",
              service(i),
              each));
    }
    return String.join("\n---\n", documents);
  }

  private static String service(int index) {
    return String.format(Locale.ROOT, "web-%04d", index);
  }

  private void remember(SupervisorProcess supervisor, long empty) throws Exception {
    Duration cpu = supervisor.cpu();
    long begun = System.nanoTime();
    TimeUnit.NANOSECONDS.sleep(CALM.toNanos());
    double cores = supervisor.cpu().minus(cpu).toNanos() / (double) (System.nanoTime() - begun);
    long full = supervisor.liveBytes();
    int instances = services * each;
    IO.println(
        String.format(
            Locale.ROOT,
            "  alive on the heap: %.0f MB, %.2f kB for each instance (%.2f without what was there"
                + " before), %.0f MB resident; at rest %.2f cores",
            full / BYTES_PER_MEGA,
            full / BYTES_PER_KILO / instances,
            (full - empty) / BYTES_PER_KILO / instances,
            supervisor.residentBytes() / BYTES_PER_MEGA,
            cores));
  }

  private Audience gathered(Loop loop, SupervisorProcess supervisor) throws Exception {
    long begun = System.nanoTime();
    Duration cpu = supervisor.cpu();
    Audience audience = Audience.open(loop, supervisor.grpc(), subscribers, LONGEST);
    IO.println(
        String.format(
            Locale.ROOT,
            "  all subscribers have the view after %.1f s, %.0f ms of CPU and %.0f kB each",
            (System.nanoTime() - begun) / NANOS_PER_SECOND,
            supervisor.cpu().minus(cpu).toNanos() / NANOS_PER_MILLI / subscribers,
            audience.bytes() / BYTES_PER_KILO / subscribers));
    return audience;
  }

  private void tell(SupervisorProcess supervisor, Swarm swarm, Audience audience) throws Exception {
    TimeUnit.NANOSECONDS.sleep(CALM.toNanos());
    double idle = usage(supervisor, _ -> {});
    Samples gone = new Samples("dead: gone from all views");
    Samples back = new Samples("the next one in all views");
    long bytes = audience.bytes();
    long full = audience.fullViews();
    long version = audience.version();
    double busy = usage(supervisor, number -> round(number, swarm, audience, gone, back));
    long changes = audience.version() - version;
    IO.println("  " + gone.line());
    IO.println("  " + back.line());
    IO.println(
        String.format(
            Locale.ROOT,
            "  a change of the view: %.1f ms of CPU for all subscribers, %.0f bytes for each;"
                + " full views %d, lost subscribers %d",
            (busy - idle) / NANOS_PER_MILLI / changes,
            (audience.bytes() - bytes) / (double) changes / subscribers,
            audience.fullViews() - full,
            audience.lost()));
  }

  private interface Round {
    void run(int number) throws Exception;
  }

  /** The CPU, in ns, that the supervisor uses in all rounds, one a second. */
  private static double usage(SupervisorProcess supervisor, Round round) throws Exception {
    long before = supervisor.cpu().toNanos();
    long next = System.nanoTime();
    for (int i = 0; i < ROUNDS; i++) {
      round.run(i);
      next += PAUSE.toNanos();
      TimeUnit.NANOSECONDS.sleep(next - System.nanoTime());
    }
    return supervisor.cpu().toNanos() - (double) before;
  }

  /** Each time another service, as long as there are enough: no restart has to wait. */
  private void round(int number, Swarm swarm, Audience audience, Samples gone, Samples back)
      throws Exception {
    Swarm.Placed placed = swarm.placed(service(number % services));
    long version = audience.version();
    audience.expect(version + 1);
    long begun = System.nanoTime();
    swarm.fail(placed);
    gone.add(Duration.ofNanos(audience.reached() - begun));
    audience.expect(version + 2);
    back.add(Duration.ofNanos(audience.reached() - begun));
  }
}
