package io.holdfast.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a request costs: as many as go through, over 64 connections and four backends that answer at
 * once, with the CPU time of the proxy for each; and at 30 % of what HAProxy takes, open loop, the
 * latency that it adds to that of a backend asked without it. The gateway as it comes beside other
 * proxies, in turns.
 *
 * <p>Without nginx as it comes: it opens a connection for each request, and at full speed there are
 * soon no ports left for anybody.
 *
 * <p>Argument: rounds (5).
 */
final class Saturation {

  private static final int BACKENDS = 4;
  private static final int CONNECTIONS = 64;
  private static final double SHARE = 0.3;
  private static final Duration WARM_UP = Duration.ofSeconds(15);
  private static final Duration SETTLING = Duration.ofSeconds(1);
  private static final Duration ROUND = Duration.ofSeconds(4);
  private static final Duration CALM_ROUND = Duration.ofSeconds(5);

  private final Fleet fleet;
  private final Map<String, Proxy> proxies = new LinkedHashMap<>();
  private final Map<String, List<Round>> rounds = new LinkedHashMap<>();

  private record Proxy(Process process, int port) {}

  /**
   * @param cpuMicros of the proxy for each request
   * @param calm at a part of that rate
   */
  private record Round(double perSecond, double cpuMicros, Answers calm) {}

  private Saturation(Fleet fleet) {
    this.fleet = fleet;
  }

  public static void main(String[] arguments) throws Exception {
    int times = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
    try (Fleet fleet = Fleet.open()) {
      Saturation saturation = new Saturation(fleet);
      List<Integer> backends = fleet.run(BACKENDS, 0);
      try {
        saturation.start(backends);
        saturation.measure(times, backends.getFirst());
      } finally {
        for (Proxy proxy : saturation.proxies.values()) {
          proxy.process().destroy();
          proxy.process().waitFor();
        }
      }
    }
    System.exit(0);
  }

  private void start(List<Integer> backends) throws Exception {
    int own = Ports.free();
    proxies.put("holdfast", new Proxy(fleet.gateway(own), own));
    for (Peer peer : Peer.values()) {
      if (peer == Peer.NGINX_DEFAULT) {
        continue;
      }
      if (peer.isHere()) {
        int port = Ports.free();
        proxies.put(peer.name(), new Proxy(peer.start(fleet.directory(), port, backends), port));
      } else {
        IO.println("skipped: " + peer + " is not installed here");
      }
    }
  }

  private void measure(int times, int direct) throws Exception {
    for (Map.Entry<String, Proxy> proxy : proxies.entrySet()) {
      Waiting.until(
          proxy.getKey() + " answers", () -> fleet.load(proxy.getValue().port(), 50).isServed());
      full(proxy.getValue().port(), WARM_UP);
    }
    int calmRate = (int) (SHARE * reference().perSecond());
    List<Answers> without = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      without.add(fleet.load(direct, calmRate).run(CALM_ROUND));
      for (Map.Entry<String, Proxy> proxy : proxies.entrySet()) {
        Round round = round(proxy.getValue(), calmRate);
        rounds.computeIfAbsent(proxy.getKey(), _ -> new ArrayList<>()).add(round);
        IO.println(line(proxy.getKey(), List.of(round)));
      }
    }
    IO.println("medians (least to most); added latency at " + calmRate + " requests a second:");
    rounds.forEach((name, all) -> IO.println(line(name, all) + added(all, without)));
  }

  /** What the rate of the calm rounds follows: the same for all. */
  private Round reference() throws Exception {
    String name = Peer.HAPROXY_DEFAULT.name();
    return round(
        Optional.ofNullable(proxies.get(name)).orElseGet(() -> proxies.values().iterator().next()),
        1_000);
  }

  private Round round(Proxy proxy, int calmRate) throws Exception {
    full(proxy.port(), SETTLING);
    Duration before = CpuTime.of(proxy.process());
    long answered = full(proxy.port(), ROUND);
    Duration used = CpuTime.of(proxy.process()).minus(before);
    return new Round(
        answered / (double) ROUND.toSeconds(),
        used.toNanos() / 1e3 / answered,
        fleet.load(proxy.port(), calmRate).run(CALM_ROUND));
  }

  private long full(int port, Duration lasts) throws Exception {
    return fleet.load(port, 0).countAtFullSpeed(CONNECTIONS, lasts);
  }

  private static String line(String name, List<Round> all) {
    return String.format(
        Locale.ROOT,
        "%-16s req/s %s  CPU us/req %s  calm p50 %s ms  p99 %s ms  failed %d",
        name,
        Spread.of(all.stream().map(Round::perSecond).toList()).text(0),
        Spread.of(all.stream().map(Round::cpuMicros).toList()).text(1),
        Spread.of(all.stream().map(r -> r.calm().millis(0.5)).toList()).text(2),
        Spread.of(all.stream().map(r -> r.calm().millis(0.99)).toList()).text(2),
        all.stream().mapToLong(r -> r.calm().failures()).sum());
  }

  private static String added(List<Round> all, List<Answers> without) {
    return String.format(
        Locale.ROOT,
        "  added p50 %.2f p99 %.2f ms",
        added(all, without, 0.5),
        added(all, without, 0.99));
  }

  private static double added(List<Round> all, List<Answers> without, double quantile) {
    return Spread.of(all.stream().map(r -> r.calm().millis(quantile)).toList()).median()
        - Spread.of(without.stream().map(a -> a.millis(quantile)).toList()).median();
  }
}
