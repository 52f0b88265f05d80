package io.holdfast.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.core.InstanceId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

/**
 * Loses one host after the other and brings it back once all that was on it is elsewhere. Several
 * are away at the same time, but never so many lately that the brake would engage: it is not what
 * is measured here.
 */
final class LossRounds {

  private static final long SEED = 20261127;

  /** As the brake counts: not more than 30 % of all nodes suspect within 30 s. */
  private static final double SHARE = 0.3;

  private static final Duration TOGETHER = Duration.ofSeconds(30);
  private static final Duration MARGIN = Duration.ofMillis(500);

  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final Duration REST = Duration.ofSeconds(20);
  private static final Duration LOOK = Duration.ofMillis(100);

  private final Site site;
  private final int hosts;
  private final List<String> pairs;
  private final EventLog events;
  private final Random random = new Random(SEED);
  private final List<Loss> open = new CopyOnWriteArrayList<>();
  private final long[] restedAt;
  private final Duration interval;
  private int lookedWhileEngaged;

  /**
   * Rounds at a site.
   *
   * @param pairs services of one active instance and a standby; {@code web} is everywhere
   */
  LossRounds(Site site, int hosts, List<String> pairs, EventLog events) {
    this.site = site;
    this.hosts = hosts;
    this.pairs = List.copyOf(pairs);
    this.events = events;
    this.restedAt = new long[hosts];
    Arrays.fill(restedAt, System.nanoTime());
    this.interval = TOGETHER.dividedBy((long) (SHARE * hosts)).plus(MARGIN);
  }

  Duration interval() {
    return interval;
  }

  /** How often one of the looks, ten in a second, has found the brake engaged. */
  int lookedWhileEngaged() {
    return lookedWhileEngaged;
  }

  /** So many hosts are lost, each once the one before is {@link #interval} ago. */
  List<Loss> run(LossWay way, int count) throws Exception {
    List<Loss> all = new ArrayList<>();
    try (ViewWatch views =
        ViewWatch.of(
            site.cluster(), (view, at, shown) -> open.forEach(it -> it.seen(view, at, shown)))) {
      long due = System.nanoTime();
      while (all.size() < count || !open.isEmpty()) {
        if (all.size() < count && System.nanoTime() >= due && !isEngaged()) {
          int host = candidate(views.latest(0));
          if (host >= 0) {
            due = System.nanoTime() + interval.toNanos();
            all.add(lose(way, host, views));
          }
        }
        bringBack(way);
        events.read();
        Waiting.pass(LOOK);
      }
    }
    return all;
  }

  private boolean isEngaged() throws Exception {
    JsonNode brake = site.cluster().get(0, "/v1/cluster").path("brake");
    boolean engaged = brake.path("engaged").asBoolean();
    lookedWhileEngaged += engaged ? 1 : 0;
    return engaged;
  }

  /** A host that is well and has an instance; one of a service with a standby if there is any. */
  private int candidate(Shown shown) throws Exception {
    Set<String> ready = ready();
    List<Integer> well =
        IntStream.range(0, hosts)
            .filter(host -> restedAt[host] <= System.nanoTime())
            .filter(host -> open.stream().noneMatch(loss -> loss.host() == host))
            .filter(host -> ready.contains("node-" + host))
            .filter(host -> shown.usableAt(site.addressOf(host)).anyMatch(LossRounds::isWeb))
            .boxed()
            .toList();
    List<Integer> paired =
        well.stream()
            .filter(
                host ->
                    shown.usableAt(site.addressOf(host)).anyMatch(id -> pairs.contains(name(id))))
            .toList();
    List<Integer> choice = paired.isEmpty() ? well : paired;
    return choice.isEmpty() ? -1 : choice.get(random.nextInt(choice.size()));
  }

  private Set<String> ready() throws Exception {
    Set<String> ready = new HashSet<>();
    for (JsonNode node : site.cluster().get(0, "/v1/nodes")) {
      if (node.path("state").asText().equals("ready")) {
        ready.add(node.path("id").asText());
      }
    }
    return ready;
  }

  private static boolean isWeb(InstanceId id) {
    return name(id).equals("web");
  }

  private static String name(InstanceId id) {
    return id.service().value();
  }

  private Loss lose(LossWay way, int host, ViewWatch views) throws Exception {
    String address = site.addressOf(host);
    Shown shown = views.latest(0);
    List<InstanceId> web = shown.usableAt(address).filter(LossRounds::isWeb).toList();
    List<InstanceId> relieved = new ArrayList<>();
    for (InstanceId id : shown.usableAt(address).toList()) {
      if (pairs.contains(name(id)) && hasStandbyElsewhere(name(id), host)) {
        relieved.add(id);
      }
    }
    Loss loss = new Loss(host, address, site.cluster().size(), web, relieved);
    open.add(loss);
    way.lose(site, host);
    return loss;
  }

  /** On none of the hosts that are away. */
  private boolean hasStandbyElsewhere(String service, int host) throws Exception {
    Set<String> away = new HashSet<>(Set.of("node-" + host));
    open.forEach(loss -> away.add("node-" + loss.host()));
    for (JsonNode each : site.cluster().get(0, "/v1/services/" + service).path("instances")) {
      if (each.path("role").asText().equals("standby")
          && each.path("state").asText().equals("ready")
          && !away.contains(each.path("node").asText())) {
        return true;
      }
    }
    return false;
  }

  /** Those of which all is elsewhere, or of which it has been waited for too long. */
  private void bringBack(LossWay way) throws Exception {
    for (Loss loss : List.copyOf(open)) {
      boolean condemned = events.first("node-lost", "node-" + loss.host(), loss.at()).isPresent();
      if ((loss.isRepaired() && condemned) || loss.lasting().compareTo(LONGEST) > 0) {
        loss.ends();
        open.remove(loss);
        way.bringBack(site, loss.host());
        restedAt[loss.host()] = System.nanoTime() + REST.toNanos();
      }
    }
  }
}
