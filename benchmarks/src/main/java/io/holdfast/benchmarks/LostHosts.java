package io.holdfast.benchmarks;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How long it takes until what was on a host that is lost is avoided, until the host is condemned,
 * until all is replaced, and until a standby serves: with real processes, each host in a network of
 * its own. First hosts fall silent, then all on others is killed.
 *
 * <p>Everything but the condemnation is timed by whoever follows the routing views of all three
 * supervisors, when the last of them shows it; from right before the host is lost. The condemnation
 * is timed by its event.
 *
 * <p>Arguments: how many hosts fall silent (100), of how many (20), and on how many all is killed
 * (three tenths of the first).
 */
final class LostHosts {

  private static final int PAIRS = 10;
  private static final Duration SETTLED = Duration.ofSeconds(20);
  private static final Duration LONGEST_START = Duration.ofMinutes(4);
  private static final Duration AVOIDED = Duration.ofMillis(2_500);
  private static final Duration CONDEMNED = Duration.ofSeconds(8);
  private static final Duration REPLACED = Duration.ofSeconds(10);
  private static final Duration RELIEVED = Duration.ofSeconds(3);
  private static final double NANOS_PER_SECOND = 1e9;

  private final EventLog events;

  private LostHosts(EventLog events) {
    this.events = events;
  }

  public static void main(String[] arguments) throws Exception {
    int count = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100;
    int hosts = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 20;
    int killed =
        arguments.length > 2 ? Integer.parseInt(arguments[2]) : Math.max(1, count * 3 / 10);
    if (!Networks.areNamespacesPermitted()) {
      IO.println("Hosts can be lost in network namespaces only, which are not permitted here.");
      System.exit(1);
    }
    Site site = Site.bare(hosts);
    try {
      new LostHosts(new EventLog(site.cluster())).measure(site, hosts, count, killed);
    } catch (Exception e) {
      site.keepLogs();
      throw e;
    } finally {
      site.close();
    }
    System.exit(0);
  }

  private void measure(Site site, int hosts, int silent, int killed) throws Exception {
    List<String> pairs = IntStream.range(0, PAIRS).mapToObj(i -> "pair" + i).toList();
    furnish(site, hosts, pairs);
    events.read();
    LossRounds rounds = new LossRounds(site, hosts, pairs, events);
    IO.println(
        String.format(
            Locale.ROOT,
            "%d hosts, an instance of web on each and %d services with a warm standby; one host is"
                + " lost every %.1f s",
            hosts,
            PAIRS,
            rounds.interval().toNanos() / NANOS_PER_SECOND));
    report("silent", rounds.run(LossWay.SILENT, silent));
    report("killed", rounds.run(LossWay.KILLED, killed));
    IO.println("looks that found the brake engaged: " + rounds.lookedWhileEngaged());
    IO.println("with the defaults of others, from documentation, not measured:");
    Elsewhere.all().forEach(other -> IO.println(other.line()));
  }

  private static void furnish(Site site, int hosts, List<String> pairs) throws Exception {
    StringBuilder specs = new StringBuilder(spec(site, "web", "instances: " + hosts));
    pairs.forEach(
        pair -> specs.append("---\n").append(spec(site, pair, "standby: {count: 1, mode: warm}")));
    site.cluster().apply(0, specs.toString());
    site.awaitReady("web");
    for (String pair : pairs) {
      Waiting.until(
          "there is a standby",
          LONGEST_START,
          () -> site.cluster().get(0, "/v1/services/" + pair).path("standby").asInt() == 1);
    }
    Waiting.pass(SETTLED);
  }

  private static String spec(Site site, String name, String more) {
    return """
    name: %s
    %s
    command: ['%s', '${PORT}', '1000', '0.0.0.0']
    ports: {http: auto}
    health: {readiness: {tcp: http}}
    """
        .formatted(name, more, site.backend());
  }

  private void report(String way, List<Loss> losses) {
    Samples avoided = new Samples(way + ": avoided by all views after");
    Samples condemned = new Samples(way + ": condemned after");
    Samples replaced = new Samples(way + ": its instances replaced after");
    Samples starts = new Samples(way + ": of that the start of the service");
    Samples without = new Samples(way + ": replaced, without that start");
    Samples relieved = new Samples(way + ": a standby served after");
    for (Loss loss : losses) {
      loss.routedAround().ifPresent(avoided::add);
      events
          .first("node-lost", "node-" + loss.host(), loss.at())
          .ifPresent(at -> condemned.add(Duration.between(loss.at(), at)));
      for (Loss.Replaced each : loss.replaced()) {
        replaced.add(each.after());
        start(each.by().toString())
            .ifPresent(
                start -> {
                  starts.add(start);
                  without.add(each.after().minus(start));
                });
      }
      loss.relieved().forEach(relieved::add);
    }
    long unrepaired = losses.stream().filter(loss -> !loss.isRepaired()).count();
    IO.println(
        way
            + ": "
            + losses.size()
            + " hosts, of which not all was replaced within 60 s: "
            + unrepaired);
    IO.println(avoided.against(AVOIDED));
    IO.println(condemned.against(CONDEMNED));
    IO.println(replaced.inSeconds());
    IO.println(starts.inSeconds());
    IO.println(without.against(REPLACED));
    IO.println(relieved.against(RELIEVED));
  }

  /** From its launch until it was ready, as recorded. */
  private Optional<Duration> start(String instance) {
    return events
        .first("instance-launched", instance, Instant.EPOCH)
        .flatMap(
            launched ->
                events
                    .first("instance-ready", instance, launched)
                    .map(ready -> Duration.between(launched, ready)));
  }
}
