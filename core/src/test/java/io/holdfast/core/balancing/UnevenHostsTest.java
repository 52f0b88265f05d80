package io.holdfast.core.balancing;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.InstanceId;
import io.holdfast.core.spec.BalancingPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many requests on hosts that are not alike, in simulated time. */
final class UnevenHostsTest {

  private static final int HOSTS = 10;
  private static final int REQUESTS = 50_000;
  private static final double PER_SECOND = 300;
  private static final double MILLI = Duration.ofMillis(1).toNanos();

  @Test
  void oneThatFailsAtOnceDrawsLessThanAHundredth() {
    Run run = new Run(BalancingPolicy.P2C_EWMA, host -> host == 0 ? 1 : 10, 0);
    Run least = new Run(BalancingPolicy.LEAST_REQUEST, host -> host == 0 ? 1 : 10, 0);

    assertThat(run.share(0)).isLessThan(0.01);
    assertThat(least.share(0)).as("what it would draw otherwise").isGreaterThan(0.1);
  }

  @Test
  void oneTenTimesSlowerIsOutOfTheTail() {
    IntToDoubleFunction slow = host -> host == 0 ? 100 : 10;
    double ewma = new Run(BalancingPolicy.P2C_EWMA, slow, -1).within(0.99);

    assertThat(ewma).isLessThan(new Run(BalancingPolicy.LEAST_REQUEST, slow, -1).within(0.99) / 2);
    assertThat(ewma).isLessThan(new Run(BalancingPolicy.ROUND_ROBIN, slow, -1).within(0.99) / 2);
  }

  /** Two of the slowest meet in one pick of fifty, so it is not the last hundredth that gains. */
  @Test
  void tenFromAMillisecondToASecondServeNineOfTenMuchSooner() {
    IntToDoubleFunction spread = host -> Math.pow(10, host / 3.0);
    double ewma = new Run(BalancingPolicy.P2C_EWMA, spread, -1).within(0.9);

    assertThat(ewma).isLessThan(new Run(BalancingPolicy.LEAST_REQUEST, spread, -1).within(0.9));
    assertThat(ewma).isLessThan(new Run(BalancingPolicy.ROUND_ROBIN, spread, -1).within(0.9) / 2);
  }

  private record Event(long atNanos, Host host, long tookNanos) {}

  /** Requests arrive at random times; each host takes half to one and a half of its usual time. */
  private static final class Run {

    private final List<Host> hosts = IntStream.range(0, HOSTS).mapToObj(Host::new).toList();
    private final PriorityQueue<Event> running =
        new PriorityQueue<>(Comparator.comparingLong(Event::atNanos));
    private final List<Long> took = new ArrayList<>();
    private final Random random = new Random(20261126);
    private final int failing;

    Run(BalancingPolicy policy, IntToDoubleFunction usualMillis, int failing) {
      this.failing = failing;
      Choices<Host> choices = Choices.of(hosts, Picker.of(policy));
      Chance chance = new Dice(random);
      double now = 0;
      for (int i = 0; i < REQUESTS; i++) {
        now -= Math.log(1 - random.nextDouble()) / PER_SECOND * 1e9;
        finishUntil((long) now);
        Host host = choices.pick(Wanted.any(), chance, (long) now).orElseThrow();
        long time =
            (long) (usualMillis.applyAsDouble(host.slot) * MILLI * (0.5 + random.nextDouble()));
        host.begin((long) now);
        running.add(new Event((long) now + time, host, time));
      }
      finishUntil(Long.MAX_VALUE);
    }

    private void finishUntil(long now) {
      while (!running.isEmpty() && running.element().atNanos() <= now) {
        Event event = running.remove();
        event.host().end(event.tookNanos(), event.host().slot == failing, event.atNanos());
        took.add(event.tookNanos());
      }
    }

    double share(int slot) {
      return hosts.get(slot).served / (double) REQUESTS;
    }

    double within(double share) {
      long[] sorted = took.stream().mapToLong(t -> t).sorted().toArray();
      return Arrays.stream(sorted).skip((long) (sorted.length * share)).findFirst().orElseThrow();
    }
  }

  private static final class Host implements Candidate {

    private final int slot;
    private long estimate = PeakEwma.UNKNOWN;
    private int inFlight;
    private int served;
    private long quiet;

    Host(int slot) {
      this.slot = slot;
    }

    void begin(long now) {
      quiet = inFlight++ == 0 ? now : quiet;
      served++;
    }

    void end(long took, boolean failed, long now) {
      inFlight--;
      quiet = now;
      estimate = PeakEwma.observe(estimate, took, failed, now);
    }

    @Override
    public InstanceId instance() {
      return Conducts.id(slot);
    }

    @Override
    public Rank rank() {
      return Rank.WELL;
    }

    @Override
    public int weight() {
      return 100;
    }

    @Override
    public int inFlight() {
      return inFlight;
    }

    @Override
    public double latency(long nowNanos) {
      return inFlight > 0
          ? PeakEwma.latency(estimate, quiet, nowNanos)
          : PeakEwma.latency(estimate, nowNanos);
    }

    @Override
    public double warmth(long nowNanos) {
      return 1;
    }

    @Override
    public boolean claimTrial(boolean repeatable, long nowNanos) {
      return false;
    }
  }

  private static final class Dice implements Chance {

    private final Random random;
    private int turns;

    private Dice(Random random) {
      this.random = random;
    }

    @Override
    public int below(int bound) {
      return random.nextInt(bound);
    }

    @Override
    public int turn() {
      return turns++;
    }
  }
}
