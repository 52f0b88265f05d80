package io.holdfast.benchmarks;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * How often hosts that live are suspected, avoided and condemned, in hours of virtual time: the
 * heartbeats of {@link Detectors} go through all of core that decides on a host, from the detector
 * by what others find at its doors and the brake to the condemnation. And how soon one that has
 * fallen silent is condemned, among others that live under the same conditions.
 *
 * <p>Argument: hours of each kind (20), of each of ten hosts.
 */
final class Condemnations {

  private static final int HOSTS = 10;
  private static final int DOORS = 2;
  private static final int CRASHES = 500;
  private static final Duration WARM = Duration.ofMinutes(5);
  private static final Duration AIM = Duration.ofSeconds(8);
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private Condemnations() {}

  public static void main(String[] arguments) {
    Duration hours = Duration.ofHours(arguments.length > 0 ? Integer.parseInt(arguments[0]) : 20);
    for (HeartbeatTrace trace : HeartbeatTrace.values()) {
      report(trace, DOORS, hours);
      crash(trace);
    }
    // Where nothing answers others an agent that stands still cannot be told from a dead host.
    report(HeartbeatTrace.PAUSED, 0, hours);
  }

  private static void report(HeartbeatTrace trace, int doors, Duration hours) {
    VirtualCluster cluster =
        new VirtualCluster(trace, HOSTS, doors, hours, 1, _ -> VirtualHost.NEVER);
    while (cluster.now() < hours.toNanos()) {
      cluster.step();
    }
    List<HostTally> tallies = cluster.hosts().stream().map(VirtualHost::tally).toList();
    int condemned = tallies.stream().mapToInt(HostTally::condemnations).sum();
    int buried = tallies.stream().mapToInt(HostTally::burials).sum();
    IO.println(
        String.format(
            Locale.ROOT,
            "%-8s %d hosts, %s, %d h each: suspected %d times, doubted %d and trusted %d"
                + " times, instances taken for dead %d, condemned %d (%s); the brake was %s",
            trace,
            HOSTS,
            doors == 0 ? "nothing on them" : doors + " instances each that answer others",
            hours.toHours(),
            tallies.stream().mapToInt(HostTally::suspicions).sum(),
            tallies.stream().mapToInt(HostTally::doubts).sum(),
            tallies.stream().mapToInt(HostTally::trusts).sum(),
            buried,
            condemned,
            verdict(doors, condemned),
            cluster.wasEngaged() ? "engaged at times" : "never engaged"));
  }

  private static String verdict(int doors, int condemned) {
    if (doors == 0) {
      return "by rule: nothing that could be replaced";
    }
    return condemned == 0 ? "aim 0, met" : "aim 0, NOT MET";
  }

  private static void crash(HeartbeatTrace trace) {
    Samples suspected = new Samples("         a silent host: suspected after");
    Samples condemned = new Samples("         a silent host: condemned after");
    int kept = 0;
    for (int i = 0; i < CRASHES; i++) {
      long dies = WARM.toNanos() + (long) (new Random(i).nextDouble() * WARM.toNanos() / 2);
      VirtualCluster cluster =
          new VirtualCluster(
              trace,
              HOSTS,
              DOORS,
              WARM.multipliedBy(2).plus(LONGEST),
              i,
              host -> host == 0 ? dies : VirtualHost.NEVER);
      HostTally dead = cluster.hosts().getFirst().tally();
      while (dead.condemnedAt() < dies && cluster.now() < dies + LONGEST.toNanos()) {
        cluster.step();
      }
      if (dead.condemnedAt() >= dies) {
        condemned.add(Duration.ofNanos(dead.condemnedAt() - dies));
      } else {
        kept++;
      }
      suspected.add(Duration.ofNanos(Math.max(0, dead.suspectedAt() - dies)));
    }
    IO.println(suspected.inSeconds());
    IO.println(condemned.against(AIM) + "; within five minutes not at all: " + kept);
  }
}
