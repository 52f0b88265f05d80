package io.holdfast.benchmarks;

import io.holdfast.core.Decision;
import io.holdfast.core.InstanceId;
import io.holdfast.core.NodeId;
import io.holdfast.core.ServiceName;
import io.holdfast.core.instance.Exit;
import io.holdfast.core.instance.ExitCause;
import io.holdfast.core.instance.ExitStatus;
import io.holdfast.core.instance.Phase;
import io.holdfast.core.instance.Report;
import io.holdfast.core.placement.Candidate;
import io.holdfast.core.spec.ProcessSpec;
import io.holdfast.core.spec.ServiceSpec;
import io.holdfast.core.supervision.Service;
import io.holdfast.core.supervision.ServiceEffect;
import io.holdfast.core.supervision.ServiceInput;
import io.holdfast.core.supervision.ServiceState;
import io.holdfast.core.supervision.Surroundings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
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

/** What it costs to decide about one failure of a service with so many ready slots. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class DecisionBenchmark {

  private static final NodeId NODE = new NodeId("a");
  private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

  @Param({"1", "10", "1000"})
  public int slots;

  private ServiceState state = new ServiceState.Blank();
  private ServiceInput failure = new ServiceInput.Ticked();
  private final Surroundings surroundings =
      new Surroundings(
          START,
          0.5,
          Set.of(),
          Map.of(),
          List.of(new Candidate(NODE, Map.of(), true, false, 0)),
          Set.of(),
          Set.of(),
          Set.of(),
          Duration.ZERO);

  @Setup
  public void becomeReady() {
    ServiceSpec spec = ServiceSpec.of("web", ProcessSpec.of("bin/web")).withInstances(slots);
    tell(new ServiceInput.Ensured(1, spec, Optional.empty()));
    for (int slot = 0; slot < slots; slot++) {
      tell(new ServiceInput.Placed(slot, NODE));
      tell(reported(new Report.Alive(id(slot), Phase.READY, 1, Map.of(), START, "")));
    }
    Exit exit =
        new Exit(new ExitStatus.Signal("KILL", false), ExitCause.SELF, START, "", List.of());
    failure = reported(new Report.Dead(id(0), exit));
  }

  @Benchmark
  public Decision<ServiceState, ServiceEffect> aCrash() {
    return Service.decide(state, failure, surroundings);
  }

  @Benchmark
  public Decision<ServiceState, ServiceEffect> aTickThatChangesNothing() {
    return Service.decide(state, new ServiceInput.Ticked(), surroundings);
  }

  private void tell(ServiceInput input) {
    state = Service.decide(state, input, surroundings).state();
  }

  private static ServiceInput reported(Report report) {
    return new ServiceInput.Reported(NODE, "10.0.0.1", "", report);
  }

  private static InstanceId id(int slot) {
    return new InstanceId(new ServiceName("web"), slot, slot + 1L);
  }
}
