package io.holdfast.benchmarks;

import io.holdfast.core.InstanceId;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Any number of {@link SimulatedAgent}s, and what they have come to know. */
final class Swarm implements AutoCloseable {

  /** So many introduce themselves at once. */
  private static final int AT_THE_DOOR = 256;

  private static final Duration LONGEST_WELCOME = Duration.ofSeconds(30);
  private static final int MOST_TOLD = 5;

  /** An instance, and the agent that holds it. */
  record Placed(InstanceId instance, SimulatedAgent agent) {}

  private final Loop loop;
  private final Told told = new Told();
  private final List<SimulatedAgent> agents = new ArrayList<>();

  private Swarm(Loop loop) {
    this.loop = loop;
  }

  static Swarm open(Loop loop, InetSocketAddress supervisor, int count) throws Exception {
    Swarm swarm = new Swarm(loop);
    for (int i = 0; i < count; i++) {
      swarm.admit(1);
      String node = String.format(Locale.ROOT, "node-%05d", i);
      swarm.agents.add(
          loop.call(() -> new SimulatedAgent(node, loop, loop.channel(supervisor), swarm.told)));
    }
    swarm.admit(AT_THE_DOOR);
    swarm.told.door.release(AT_THE_DOOR);
    return swarm;
  }

  private void admit(int count) throws InterruptedException {
    if (!told.door.tryAcquire(count, LONGEST_WELCOME.toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException("not every agent was welcome");
    }
  }

  /** From now on; what was before, while all came up, does not count. */
  void begin() {
    loop.run(told::begin);
  }

  /** Since {@link #begin}: how long acknowledgements took, and how late this program beat. */
  record Beats(Samples acks, Samples lateness) {}

  Beats beats() throws Exception {
    return loop.call(
        () -> {
          Beats beats = new Beats(told.acks, told.lateness);
          told.begin();
          return beats;
        });
  }

  /** Snapshots asked for, as if a report had been missed. */
  long doubts() throws Exception {
    return loop.call(() -> told.doubts);
  }

  /** Attempts of agents to be welcome that had to be repeated. */
  long refused() throws Exception {
    return loop.call(() -> told.refused);
  }

  int lost() {
    return told.lost.get();
  }

  int launched() {
    return told.launched.get();
  }

  /** How many instances an agent has. */
  Spread loads() throws Exception {
    return loop.call(
        () -> Spread.of(agents.stream().map(agent -> (double) agent.instances()).toList()));
  }

  /** An instance of this service that is still there, and its agent. */
  Placed placed(String service) throws Exception {
    return loop.call(
        () ->
            agents.stream()
                .flatMap(agent -> agent.living(service).map(id -> new Placed(id, agent)).stream())
                .findFirst()
                .orElseThrow());
  }

  void fail(Placed placed) {
    loop.run(() -> placed.agent().fail(placed.instance()));
  }

  @Override
  public void close() {
    loop.run(() -> agents.forEach(SimulatedAgent::close));
  }

  /** What agents tell, on their loop. */
  static final class Told {
    private final Semaphore door = new Semaphore(AT_THE_DOOR);
    private final AtomicInteger lost = new AtomicInteger();
    private final AtomicInteger launched = new AtomicInteger();
    private Samples acks = new Samples("");
    private Samples lateness = new Samples("");
    private long doubts;
    private long refused;

    void begin() {
      acks = new Samples("ack");
      lateness = new Samples("beat later than due");
    }

    void welcome() {
      door.release();
    }

    void refused() {
      refused++;
    }

    void acknowledged(long nanos) {
      acks.add(Duration.ofNanos(nanos));
    }

    void late(long nanos) {
      lateness.add(Duration.ofNanos(nanos));
    }

    void doubted() {
      doubts++;
    }

    void launched() {
      launched.incrementAndGet();
    }

    void lost(String why) {
      if (lost.incrementAndGet() <= MOST_TOLD) {
        IO.println("lost: " + why);
      }
    }
  }
}
