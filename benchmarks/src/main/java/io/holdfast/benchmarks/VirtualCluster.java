package io.holdfast.benchmarks;

import io.holdfast.core.InstanceId;
import io.holdfast.core.NodeId;
import io.holdfast.core.ServiceName;
import io.holdfast.core.detection.Brake;
import io.holdfast.core.detection.Population;
import io.holdfast.core.detection.Reach;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.LongFunction;

/**
 * Hosts of one kind in virtual time, at three supervisors, who look at each other's doors and share
 * one brake. Three agents and a supervisor look, as in a real cluster, and wait half a second at a
 * door; what they find counts if it is told within 0.9 s.
 */
final class VirtualCluster implements VirtualHost.Surroundings {

  private static final long STEP = Duration.ofMillis(250).toNanos();
  private static final long COUNTED = Duration.ofSeconds(1).toNanos();
  private static final long DEADLINE = Duration.ofMillis(900).toNanos();

  /** A witness from which nothing comes for longer stands still. */
  private static final long ACTS = Duration.ofSeconds(2).toNanos();

  private static final double TIMEOUT_SECONDS = 0.5;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final int SUPERVISORS = 3;
  private static final int AGENTS = 3;

  private final HeartbeatTrace trace;
  private final int doors;
  private final Random random;
  private final List<VirtualHost> hosts = new ArrayList<>();
  private Brake brake = Brake.released(Instant.EPOCH);
  private Population population = new Population(0, Map.of());
  private long now;
  private boolean engaged;

  /**
   * A cluster.
   *
   * @param doors of each host
   * @param dies when the host of a number dies
   */
  VirtualCluster(
      HeartbeatTrace trace,
      int size,
      int doors,
      Duration span,
      long seed,
      LongFunction<Long> dies) {
    this.trace = trace;
    this.doors = doors;
    this.random = new Random(seed);
    for (int i = 0; i < size; i++) {
      hosts.add(
          new VirtualHost(
              new NodeId("node-" + i),
              "supervisor-" + i % SUPERVISORS,
              trace.arrivals(span, seed * size + i),
              dies.apply(i),
              this));
    }
  }

  List<VirtualHost> hosts() {
    return List.copyOf(hosts);
  }

  /** Whether the brake has been engaged at any time. */
  boolean wasEngaged() {
    return engaged;
  }

  long now() {
    return now;
  }

  /** One look of the sessions at their detectors. */
  void step() {
    now += STEP;
    if (now % COUNTED == 0) {
      population = count();
      brake = brake.at(moment(now), population);
    }
    hosts.forEach(host -> host.at(now));
    engaged |= brake.isEngaged();
  }

  private Population count() {
    Map<String, Integer> trusted = new HashMap<>();
    hosts.stream()
        .filter(VirtualHost::isTrusted)
        .forEach(host -> trusted.merge(host.supervisor(), 1, Integer::sum));
    return new Population((int) hosts.stream().filter(host -> !host.isLost()).count(), trusted);
  }

  private static Instant moment(long now) {
    return Instant.EPOCH.plusNanos(now);
  }

  @Override
  public Brake.Answer ask(VirtualHost host, boolean due, boolean confirmed, long at) {
    Brake.Ruling ruling =
        brake.ask(host.id(), host.supervisor(), due, confirmed, population, moment(at));
    brake = ruling.brake();
    return ruling.answer();
  }

  @Override
  public VirtualHost.Look look(VirtualHost host, long at) {
    if (doors == 0) {
      return new VirtualHost.Look(VirtualHost.NEVER, Map.of());
    }
    Map<InstanceId, List<Reach>> found = new TreeMap<>();
    long over = visit(host, at, 0, found);
    for (VirtualHost witness : witnesses(host)) {
      // It has to be told to look, and to tell; one that stands still does neither.
      long told = delay() + delay();
      over = Math.max(over, witness.acts(at, ACTS) ? visit(host, at, told, found) : DEADLINE);
    }
    Map<InstanceId, Reach> together = new TreeMap<>();
    found.forEach((door, reaches) -> together.put(door, Reach.together(reaches)));
    return new VirtualHost.Look(at + Math.min(over, DEADLINE), together);
  }

  /** Of one that looks at all doors at the same time; gives when it is known what it has found. */
  private long visit(VirtualHost host, long at, long told, Map<InstanceId, List<Reach>> found) {
    Map<InstanceId, Reach> seen = new TreeMap<>();
    for (int i = 0; i < doors; i++) {
      Reach reach = host.isDead(at) ? Reach.SILENT : trace.knock(random);
      seen.put(new InstanceId(new ServiceName("web"), i, 1), reach);
    }
    boolean waits = seen.containsValue(Reach.SILENT);
    long known = told + (waits ? (long) (TIMEOUT_SECONDS * NANOS_PER_SECOND) : 0);
    if (known <= DEADLINE) {
      seen.forEach((door, reach) -> found.computeIfAbsent(door, _ -> new ArrayList<>()).add(reach));
    }
    return known;
  }

  private long delay() {
    return (long) (trace.delaySeconds(random) * NANOS_PER_SECOND);
  }

  private List<VirtualHost> witnesses(VirtualHost host) {
    List<VirtualHost> others =
        new ArrayList<>(
            hosts.stream().filter(it -> it.isTrusted() && !it.id().equals(host.id())).toList());
    Collections.shuffle(others, random);
    return others.subList(0, Math.min(AGENTS, others.size()));
  }
}
