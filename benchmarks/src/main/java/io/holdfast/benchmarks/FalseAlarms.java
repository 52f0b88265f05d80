package io.holdfast.benchmarks;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * What Holdfast makes of agents and supervisors that stand still, of a network that loses packets
 * and of processors that are too few, each for a third of the time, under a steady load: real
 * processes, each host in a network of its own. Nothing is dead, so nothing may be condemned,
 * replaced or restarted, and no request may fail.
 *
 * <p>Argument: minutes in all (10).
 */
final class FalseAlarms {

  private static final int AGENTS = 5;
  private static final long SEED = 20261127;
  private static final Duration BEFORE_AND_AFTER = Duration.ofSeconds(5);
  private static final Duration SETTLED = Duration.ofSeconds(20);

  private final Site site;
  private final EventLog events;
  private final Random random = new Random(SEED);

  private FalseAlarms(Site site) {
    this.site = site;
    this.events = new EventLog(site.cluster());
  }

  public static void main(String[] arguments) throws Exception {
    double minutes = arguments.length > 0 ? Double.parseDouble(arguments[0]) : 10;
    if (!Networks.areNamespacesPermitted()) {
      IO.println("This needs network namespaces, which are not permitted here.");
      System.exit(1);
    }
    Site site = Site.open(AGENTS);
    try {
      FalseAlarms alarms = new FalseAlarms(site);
      Waiting.pass(SETTLED);
      Duration each = Duration.ofMillis((long) (minutes * 60_000 / Nuisance.values().length));
      for (Nuisance nuisance : Nuisance.values()) {
        alarms.measure(nuisance, each);
      }
    } catch (Exception e) {
      site.keepLogs();
      throw e;
    } finally {
      site.close();
    }
    System.exit(0);
  }

  private void measure(Nuisance nuisance, Duration lasts) throws Exception {
    Optional<String> obstacle = nuisance.obstacle();
    if (obstacle.isPresent()) {
      IO.println(nuisance + ": left out, since " + obstacle.get());
      return;
    }
    long before = events.read().last();
    ViewTally views = new ViewTally();
    Process load = site.startLoad();
    try (ViewWatch _ = ViewWatch.of(site.cluster(), views)) {
      Waiting.pass(BEFORE_AND_AFTER);
      String done = nuisance.bear(site, AGENTS, lasts, random);
      Waiting.pass(BEFORE_AND_AFTER);
      load.toHandle().destroy();
      Answers answers = Answers.of(load);
      events.read();
      IO.println(nuisance + " for " + lasts.toSeconds() + " s: " + done);
      report(before, views, answers);
    }
    for (int i = 0; i < AGENTS; i++) {
      int host = i;
      Waiting.until("all hosts are well", () -> site.stateOfNode(host).equals("ready"));
    }
    site.awaitReady("web");
    site.awaitReady("solo");
    Waiting.pass(SETTLED);
  }

  private void report(long before, ViewTally views, Answers answers) {
    IO.println(
        "  suspicions: nodes suspect %d times, doubted %d times, trusted again without their agent"
                .formatted(
                    events.count("node-suspect", before), events.count("node-doubted", before))
            + " %d times; endpoints shown as suspect %d times"
                .formatted(events.count("node-trusted", before), views.suspected()));
    none("nodes condemned", events.told("node-lost", before));
    none("instances launched", events.told("instance-launched", before));
    none("instances that ended", events.told("instance-exited", before));
    none("instances condemned", events.told("instance-condemned", before));
    zero("endpoints taken out of a view", views.removed(), "");
    zero(
        "requests that failed",
        answers.failures(),
        ", by status " + answers.failuresByStatus() + ", in seconds " + answers.failedIn());
    IO.println("  alarms " + events.told("node-alarm", before));
    IO.println("  instances unready " + events.told("instance-unready", before));
    IO.println("  " + answers.line("requests"));
  }

  private static void none(String what, List<String> which) {
    zero(what, which.size(), ": " + String.join("; ", which));
  }

  private static void zero(String what, long count, String details) {
    IO.println(
        count == 0
            ? "  " + what + ": 0 (aim 0, met)"
            : "  " + what + ": " + count + " (aim 0, NOT MET)" + details);
  }
}
