package io.holdfast.core.instance;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.Decision;
import io.holdfast.core.spec.Health;
import io.holdfast.core.spec.Probe;
import io.holdfast.core.spec.ProbeCheck;
import io.holdfast.core.spec.StopPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every state with every event. What the table does not list must change nothing.
 *
 * <p>An entry reads {@code state + event -> next state: effects}.
 */
final class InstanceTableTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Probe PROBE =
      new Probe(new ProbeCheck.Tcp("http"), Duration.ofSeconds(1), Duration.ofSeconds(1), 1, 1);
  private static final Terms TERMS =
      new Terms(
          new Health(
              Optional.of(PROBE), Optional.of(PROBE), Optional.of(PROBE), Duration.ofSeconds(30)),
          StopPolicy.DEFAULT);
  private static final Running RUNNING = new Running(7, NOW);
  private static final Streak HUNG = new Streak(0, 1, "no answer");
  private static final StopOrder ORDER = new StopOrder(ExitCause.REQUESTED, "");

  private static final String TABLE =
      """
      Assigned + IntentRecorded -> Launching: Launch StartTimer(START)
      Assigned + LaunchFailed -> Exited: Finish
      Assigned + StopRequested -> Exited: Finish
      Launching + Launched -> Starting(STARTUP): ReportPhase(STARTING) StartProbe(STARTUP)
      Launching + LaunchFailed -> Exited: Finish
      Launching + StopRequested -> StoppingUnlaunched: RecordStop StopProbes ReportPhase(STOPPING) StartTimer(GRACE)
      Launching + DeadlinePassed(START) -> StoppingUnlaunched: RecordStop StopProbes ReportPhase(STOPPING) StartTimer(GRACE)
      Launching + ProcessExited -> Exited: Finish StopProbes
      Starting(STARTUP) + ProbePassed(STARTUP) -> Starting(READINESS): StopProbes StartProbe(READINESS)
      Starting(STARTUP) + ProbeMissed(STARTUP) -> Starting(STARTUP): ReportProbe
      Starting(STARTUP) + StopRequested -> Stopping: RecordStop StopProbes ReportPhase(STOPPING) Signal(TERM) StartTimer(GRACE)
      Starting(STARTUP) + DeadlinePassed(START) -> Stopping: RecordStop StopProbes ReportPhase(STOPPING) Signal(TERM) StartTimer(GRACE)
      Starting(STARTUP) + ProcessExited -> Exited: Finish StopProbes
      Starting(READINESS) + ProbePassed(READINESS) -> Ready: ReportPhase(READY) StopProbes StartProbe(READINESS) StartProbe(LIVENESS)
      Starting(READINESS) + ProbeMissed(READINESS) -> Starting(READINESS): ReportProbe
      Starting(READINESS) + StopRequested -> Stopping: RecordStop StopProbes ReportPhase(STOPPING) Signal(TERM) StartTimer(GRACE)
      Starting(READINESS) + DeadlinePassed(START) -> Stopping: RecordStop StopProbes ReportPhase(STOPPING) Signal(TERM) StartTimer(GRACE)
      Starting(READINESS) + ProcessExited -> Exited: Finish StopProbes
      Ready + ProbePassed(READINESS) -> Ready:
      Ready + ProbePassed(LIVENESS) -> Ready:
      Ready + ProbeMissed(READINESS) -> Unready: ReportPhase(UNREADY)
      Ready + ProbeMissed(LIVENESS) -> HungReady: AskToKill
      Ready + StopRequested -> Stopping: RecordStop StopProbes ReportPhase(STOPPING) Signal(TERM) StartTimer(GRACE)
      Ready + ProcessExited -> Exited: Finish StopProbes
      Unready + ProbePassed(READINESS) -> Ready: ReportPhase(READY)
      Unready + ProbePassed(LIVENESS) -> Unready:
      Unready + ProbeMissed(READINESS) -> Unready:
      Unready + ProbeMissed(LIVENESS) -> HungUnready: AskToKill
      Unready + StopRequested -> Stopping: RecordStop StopProbes ReportPhase(STOPPING) Signal(TERM) StartTimer(GRACE)
      Unready + ProcessExited -> Exited: Finish StopProbes
      HungReady + ProbePassed(READINESS) -> HungReady:
      HungReady + ProbePassed(LIVENESS) -> Ready:
      HungReady + ProbeMissed(READINESS) -> HungUnready: ReportPhase(UNREADY)
      HungReady + ProbeMissed(LIVENESS) -> HungReady: AskToKill
      HungReady + KillGranted -> Stopping: RecordStop StopProbes ReportPhase(STOPPING) Signal(TERM) StartTimer(GRACE)
      HungReady + StopRequested -> Stopping: RecordStop StopProbes ReportPhase(STOPPING) Signal(TERM) StartTimer(GRACE)
      HungReady + ProcessExited -> Exited: Finish StopProbes
      HungUnready + ProbePassed(READINESS) -> HungReady: ReportPhase(READY)
      HungUnready + ProbePassed(LIVENESS) -> Unready:
      HungUnready + ProbeMissed(READINESS) -> HungUnready:
      HungUnready + ProbeMissed(LIVENESS) -> HungUnready: AskToKill
      HungUnready + KillGranted -> Stopping: RecordStop StopProbes ReportPhase(STOPPING) Signal(TERM) StartTimer(GRACE)
      HungUnready + StopRequested -> Stopping: RecordStop StopProbes ReportPhase(STOPPING) Signal(TERM) StartTimer(GRACE)
      HungUnready + ProcessExited -> Exited: Finish StopProbes
      StoppingUnlaunched + Launched -> Stopping: ReportPhase(STOPPING) Signal(TERM) StartTimer(GRACE)
      StoppingUnlaunched + LaunchFailed -> Exited: Finish
      StoppingUnlaunched + DeadlinePassed(GRACE) -> Killing: StartTimer(KILL)
      StoppingUnlaunched + ProcessExited -> Exited: Finish StopProbes
      Stopping + LaunchFailed -> Exited: Finish
      Stopping + DeadlinePassed(GRACE) -> Killing: KillAll StartTimer(KILL)
      Stopping + ProcessExited -> Exited: Finish StopProbes
      Killing + LaunchFailed -> Exited: Finish
      Killing + DeadlinePassed(KILL) -> Killing: KillAll StartTimer(KILL)
      Killing + ProcessExited -> Exited: Finish StopProbes
      Adopting + Adopted -> Ready: ReportPhase(READY) StartProbe(READINESS) StartProbe(LIVENESS)
      Adopting + IntentRecorded -> Launching: Launch StartTimer(START)
      Adopting + LaunchFailed -> Exited: Finish
      Adopting + StopRequested -> AdoptingToStop: RecordStop ReportPhase(STOPPING)
      Adopting + DeadlinePassed(ADOPTION) -> Adopting: StartTimer(ADOPTION) LookAgain
      Adopting + ProcessExited -> Exited: Finish StopProbes
      AdoptingToStop + Adopted -> Stopping: RecordStop StopProbes ReportPhase(STOPPING) Signal(TERM) StartTimer(GRACE)
      AdoptingToStop + IntentRecorded -> Exited: Finish
      AdoptingToStop + LaunchFailed -> Exited: Finish
      AdoptingToStop + DeadlinePassed(ADOPTION) -> AdoptingToStop: StartTimer(ADOPTION) LookAgain
      AdoptingToStop + ProcessExited -> Exited: Finish StopProbes
      """;

  private record Row(String next, String effects) {}

  @TestFactory
  Stream<DynamicTest> everyStateWithEveryEvent() {
    Map<String, Row> table = table();
    List<DynamicTest> tests = new ArrayList<>();
    states()
        .forEach(
            state ->
                events()
                    .forEach(
                        event -> {
                          String pair = name(state) + " + " + name(event);
                          Optional<Row> row = Optional.ofNullable(table.remove(pair));
                          tests.add(DynamicTest.dynamicTest(pair, () -> check(state, event, row)));
                        }));
    tests.add(
        DynamicTest.dynamicTest("every line was used", () -> assertThat(table.keySet()).isEmpty()));
    return tests.stream();
  }

  private static void check(InstanceState state, InstanceEvent event, Optional<Row> row) {
    Decision<InstanceState, InstanceEffect> decision = Instance.decide(state, event, NOW);
    if (row.isEmpty()) {
      assertThat(decision).isEqualTo(Decision.to(state));
      return;
    }
    assertThat(name(decision.state())).isEqualTo(row.get().next());
    assertThat(String.join(" ", decision.effects().stream().map(InstanceTableTest::name).toList()))
        .isEqualTo(row.get().effects());
  }

  private static Stream<InstanceState> states() {
    return Stream.of(
        new InstanceState.Assigned(TERMS),
        new InstanceState.Launching(TERMS),
        new InstanceState.Starting(TERMS, RUNNING, ProbeKind.STARTUP, Streak.NONE),
        new InstanceState.Starting(TERMS, RUNNING, ProbeKind.READINESS, Streak.NONE),
        new InstanceState.Serving(TERMS, RUNNING, true, Streak.NONE, Streak.NONE),
        new InstanceState.Serving(TERMS, RUNNING, false, Streak.NONE, Streak.NONE),
        new InstanceState.Serving(TERMS, RUNNING, true, Streak.NONE, HUNG),
        new InstanceState.Serving(TERMS, RUNNING, false, Streak.NONE, HUNG),
        new InstanceState.Stopping(TERMS, Optional.empty(), ORDER, Deadline.GRACE, 1),
        new InstanceState.Stopping(TERMS, Optional.of(RUNNING), ORDER, Deadline.GRACE, 1),
        new InstanceState.Stopping(TERMS, Optional.of(RUNNING), ORDER, Deadline.KILL, 1),
        new InstanceState.Adopting(TERMS, Phase.READY, Optional.empty(), 1),
        new InstanceState.Adopting(TERMS, Phase.READY, Optional.of(ORDER), 1),
        new InstanceState.Exited(
            new Exit(new ExitStatus.Code(0), ExitCause.SELF, NOW, "", List.of())));
  }

  private static List<InstanceEvent> events() {
    List<InstanceEvent> events =
        new ArrayList<>(
            List.of(
                new InstanceEvent.IntentRecorded(),
                new InstanceEvent.Launched(8),
                new InstanceEvent.LaunchFailed("no"),
                new InstanceEvent.Adopted(8, NOW),
                new InstanceEvent.StopRequested(ExitCause.REQUESTED),
                new InstanceEvent.KillGranted(""),
                new InstanceEvent.ProcessExited(new ExitStatus.Code(1), NOW)));
    for (ProbeKind kind : ProbeKind.values()) {
      events.add(new InstanceEvent.ProbePassed(kind));
      events.add(new InstanceEvent.ProbeMissed(kind, "no answer"));
    }
    for (Deadline deadline : Deadline.values()) {
      events.add(new InstanceEvent.DeadlinePassed(deadline, 1));
    }
    return events;
  }

  private static Map<String, Row> table() {
    Map<String, Row> table = new LinkedHashMap<>();
    TABLE
        .lines()
        .forEach(
            line -> {
              String[] sides = line.split(" -> ", 2);
              String[] outcome = sides[1].split(":", 2);
              table.put(sides[0], new Row(outcome[0], outcome[1].strip()));
            });
    return table;
  }

  private static String name(InstanceState state) {
    return switch (state) {
      case InstanceState.Starting starting -> "Starting(" + starting.stage() + ")";
      case InstanceState.Serving serving ->
          (serving.liveness().bad(PROBE) ? "Hung" : "") + (serving.ready() ? "Ready" : "Unready");
      case InstanceState.Stopping stopping when stopping.waiting() == Deadline.KILL -> "Killing";
      case InstanceState.Stopping stopping ->
          stopping.running().isPresent() ? "Stopping" : "StoppingUnlaunched";
      case InstanceState.Adopting adopting ->
          adopting.stop().isPresent() ? "AdoptingToStop" : "Adopting";
      case InstanceState.Assigned _, InstanceState.Launching _, InstanceState.Exited _ ->
          state.getClass().getSimpleName();
    };
  }

  private static String name(InstanceEvent event) {
    String name = event.getClass().getSimpleName();
    return switch (event) {
      case InstanceEvent.ProbePassed passed -> name + "(" + passed.kind() + ")";
      case InstanceEvent.ProbeMissed missed -> name + "(" + missed.kind() + ")";
      case InstanceEvent.DeadlinePassed passed -> name + "(" + passed.deadline() + ")";
      case InstanceEvent.IntentRecorded _,
          InstanceEvent.Launched _,
          InstanceEvent.LaunchFailed _,
          InstanceEvent.Adopted _,
          InstanceEvent.StopRequested _,
          InstanceEvent.KillGranted _,
          InstanceEvent.ProcessExited _ ->
          name;
    };
  }

  private static String name(InstanceEffect effect) {
    String name = effect.getClass().getSimpleName();
    return switch (effect) {
      case InstanceEffect.Signal signal -> name + "(" + signal.name() + ")";
      case InstanceEffect.StartTimer timer -> name + "(" + timer.deadline() + ")";
      case InstanceEffect.StartProbe probe -> name + "(" + probe.kind() + ")";
      case InstanceEffect.ReportPhase report -> name + "(" + report.phase() + ")";
      case InstanceEffect.Launch _,
          InstanceEffect.LookAgain _,
          InstanceEffect.ReportProbe _,
          InstanceEffect.RecordStop _,
          InstanceEffect.KillAll _,
          InstanceEffect.AskToKill _,
          InstanceEffect.StopProbes _,
          InstanceEffect.Finish _ ->
          name;
    };
  }
}
