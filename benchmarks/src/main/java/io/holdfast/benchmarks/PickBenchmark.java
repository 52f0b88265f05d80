package io.holdfast.benchmarks;

import io.holdfast.core.InstanceId;
import io.holdfast.core.ServiceName;
import io.holdfast.core.balancing.Candidate;
import io.holdfast.core.balancing.Chance;
import io.holdfast.core.balancing.Choices;
import io.holdfast.core.balancing.PeakEwma;
import io.holdfast.core.balancing.Picker;
import io.holdfast.core.balancing.Rank;
import io.holdfast.core.balancing.Wanted;
import io.holdfast.core.spec.BalancingPolicy;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to pick one of a hundred endpoints, the time given. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PickBenchmark {

  @Param({"P2C_EWMA", "LEAST_REQUEST", "ROUND_ROBIN", "WEIGHTED", "MAGLEV", "RANDOM"})
  public BalancingPolicy policy = BalancingPolicy.P2C_EWMA;

  private final Wanted wanted = Wanted.any();
  private final Chance chance = new Dice(new AtomicInteger());
  private Choices<Endpoint> choices = Choices.of(List.of(), Picker.of(policy));
  private long nowNanos;

  @Setup
  public void listen() {
    choices =
        Choices.of(IntStream.range(0, 100).mapToObj(Endpoint::of).toList(), Picker.of(policy));
  }

  @Benchmark
  public Optional<Endpoint> aPick() {
    nowNanos += 1_000;
    return choices.pick(wanted, chance, nowNanos);
  }

  record Dice(AtomicInteger turns) implements Chance {
    @Override
    public int below(int bound) {
      return ThreadLocalRandom.current().nextInt(bound);
    }

    @Override
    public int turn() {
      return turns.getAndIncrement();
    }
  }

  record Endpoint(InstanceId instance, AtomicInteger running, AtomicLong estimate)
      implements Candidate {

    static Endpoint of(int slot) {
      long estimate = PeakEwma.observe(PeakEwma.UNKNOWN, 1_000_000 + slot, false, 0);
      return new Endpoint(
          new InstanceId(new ServiceName("web"), slot, slot + 1L),
          new AtomicInteger(slot % 3),
          new AtomicLong(estimate));
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
      return running.get();
    }

    @Override
    public double latency(long nowNanos) {
      long quietNanos = running.get() > 0 ? nowNanos - 1_000 : nowNanos;
      return PeakEwma.latency(estimate.get(), quietNanos, nowNanos);
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
}
