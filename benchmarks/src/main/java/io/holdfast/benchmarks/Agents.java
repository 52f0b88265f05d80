package io.holdfast.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * What agents cost one supervisor: a process of its own with the launcher's flags, and agents
 * without hosts that beat as it asks them to, each over a TCP connection of its own, all on one
 * thread of this process. First a tenth of them, then all.
 *
 * <p>Arguments: how many (10,000), for how many seconds (30); anything more leaves the tenth out.
 */
final class Agents {

  private static final int TENTH = 10;
  private static final Duration WARM_UP = Duration.ofSeconds(20);
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double BYTES_PER_MEGA = 1 << 20;

  private Agents() {}

  public static void main(String[] arguments) throws Exception {
    int agents = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10_000;
    int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 30;
    if (arguments.length < 3) {
      measure(agents / TENTH, Duration.ofSeconds(seconds));
    }
    measure(agents, Duration.ofSeconds(seconds));
    System.exit(0);
  }

  private static void measure(int agents, Duration time) throws Exception {
    Path data = Files.createTempDirectory("holdfast-agents");
    try (Loop loop = new Loop();
        SupervisorProcess supervisor = SupervisorProcess.open(data);
        Swarm swarm = welcomed(loop, supervisor, agents)) {
      TimeUnit.NANOSECONDS.sleep(WARM_UP.toNanos());
      swarm.begin();
      long begun = System.nanoTime();
      Duration cpu = supervisor.cpu();
      TimeUnit.NANOSECONDS.sleep(time.toNanos());
      double seconds = (System.nanoTime() - begun) / NANOS_PER_SECOND;
      double cores = supervisor.cpu().minus(cpu).toNanos() / NANOS_PER_SECOND / seconds;
      report(agents, seconds, cores, supervisor, swarm);
    }
    House.delete(data);
  }

  private static Swarm welcomed(Loop loop, SupervisorProcess supervisor, int agents)
      throws Exception {
    long begun = System.nanoTime();
    Swarm swarm = Swarm.open(loop, supervisor.grpc(), agents);
    IO.println(
        String.format(
            Locale.ROOT,
            "%d agents: all welcome after %.1f s, refused before %d",
            agents,
            (System.nanoTime() - begun) / NANOS_PER_SECOND,
            swarm.refused()));
    return swarm;
  }

  private static void report(
      int agents, double seconds, double cores, SupervisorProcess supervisor, Swarm swarm)
      throws Exception {
    Duration since = Duration.ofSeconds((long) seconds);
    Swarm.Beats told = swarm.beats();
    long beats = told.acks().count();
    IO.println(
        String.format(
            Locale.ROOT,
            "%d agents: %.0f beats/s, %.3f cores (%.1f us a beat), %.0f MB resident, %.0f MB alive"
                + " on the heap; lost %d, suspected %d, doubted %d",
            agents,
            beats / seconds,
            cores,
            cores * seconds * 1e6 / beats,
            supervisor.residentBytes() / BYTES_PER_MEGA,
            supervisor.liveBytes() / BYTES_PER_MEGA,
            swarm.lost(),
            supervisor.events("node-suspect", since),
            swarm.doubts()));
    IO.println(told.acks().line());
    IO.println(told.lateness().line());
  }
}
