package io.holdfast.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/**
 * What clients notice of faults: 2,000 requests a second over four backends, one of which is
 * killed, one stopped, one answers 500 and one becomes slow, through the gateway as it comes and
 * through other proxies, with the same backends, all run by the same agent.
 *
 * <p>Arguments: how often each is measured (1), then names of those to measure (all).
 */
final class Faults {

  private static final int RATE = 2_000;
  private static final int BACKENDS = 4;
  private static final Duration WARM_UP = Duration.ofSeconds(15);
  private static final int MICROS = 1_000;

  private final Fleet fleet;

  private Faults(Fleet fleet) {
    this.fleet = fleet;
  }

  public static void main(String[] arguments) throws Exception {
    int times = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1;
    List<String> wanted =
        List.of(arguments).subList(Math.min(1, arguments.length), arguments.length);
    try (Fleet fleet = Fleet.open()) {
      Faults faults = new Faults(fleet);
      List<Integer> ports = fleet.run(BACKENDS, MICROS);
      for (int i = 0; i < times; i++) {
        faults.measureAll(wanted, ports);
      }
    }
    System.exit(0);
  }

  private void measureAll(List<String> wanted, List<Integer> ports) throws Exception {
    if (wanted.isEmpty() || wanted.contains("HOLDFAST")) {
      int port = Ports.free();
      measure("holdfast", fleet.gateway(port), port, () -> fleet.pids("web", BACKENDS));
    }
    for (Peer peer : Peer.values()) {
      if (!wanted.isEmpty() && !wanted.contains(peer.name())) {
        continue;
      }
      if (!peer.isHere()) {
        IO.println("skipped: " + peer + " is not installed here");
        continue;
      }
      int port = Ports.free();
      measure(peer.name(), peer.start(fleet.directory(), port, ports), port, this::fixed);
    }
  }

  private interface Pids {
    List<Long> get() throws Exception;
  }

  private void measure(String name, Process proxy, int port, Pids pids) throws Exception {
    try {
      Load load = fleet.load(port, RATE);
      Waiting.until("it answers", load::isServed);
      // Before the load: what this program does for the first time must not take its time.
      List<Long> victims = pids.get();
      load.run(WARM_UP);
      CompletableFuture<Void> faults =
          CompletableFuture.runAsync(
              () -> {
                try {
                  inject(victims);
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
              });
      Answers answers = load.run(Fault.ALL);
      faults.join();
      IO.println(answers.between(Duration.ZERO, Fault.KILLED.at()).line(name + " before"));
      for (Fault fault : Fault.values()) {
        IO.println(answers.between(fault.at(), fault.until()).line(name + " " + fault));
      }
      IO.println(answers.line(name + " in all"));
    } finally {
      proxy.destroy();
      proxy.waitFor();
    }
  }

  private static void inject(List<Long> victims) throws Exception {
    long begun = System.nanoTime();
    for (Fault fault : Fault.values()) {
      long victim = victims.get(fault.victim());
      sleepUntil(begun, fault.at());
      fault.begin(victim);
      sleepUntil(begun, fault.ends());
      fault.end(victim);
    }
  }

  private static void sleepUntil(long begun, Duration at) {
    for (long left = 1; left > 0; ) {
      left = begun + at.toNanos() - System.nanoTime();
      LockSupport.parkNanos(left);
    }
  }

  /** Of those that other proxies have, whose ports are fixed. */
  private List<Long> fixed() throws Exception {
    List<Long> pids = new ArrayList<>();
    for (int i = 0; i < BACKENDS; i++) {
      pids.addAll(fleet.pids("fixed" + i, 1));
    }
    return pids;
  }
}
