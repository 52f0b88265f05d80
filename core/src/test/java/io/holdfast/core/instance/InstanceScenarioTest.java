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
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class InstanceScenarioTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final List<InstanceEffect> effects = new ArrayList<>();
  private InstanceState state = Instance.assigned(new Terms(Health.NONE, StopPolicy.DEFAULT));

  @Test
  void withoutProbesReadyMeansStarted() {
    launched(Health.NONE, StopPolicy.DEFAULT);

    assertThat(state.phase()).isEqualTo(Phase.READY);
    assertThat(state.running()).contains(new Running(7, NOW));
  }

  @Test
  void withAStartupProbeOnlyReadyMeansThatItHasPassed() {
    launched(health(Optional.of(probe(1, 1)), Optional.empty()), StopPolicy.DEFAULT);
    assertThat(state.phase()).isEqualTo(Phase.STARTING);

    passes(ProbeKind.STARTUP);

    assertThat(state.phase()).isEqualTo(Phase.READY);
  }

  @Test
  void whatKeepsItFromBeingReadyIsToldOnceForAsLongAsItIsTheSame() {
    launched(health(Optional.of(probe(1, 1)), Optional.empty()), StopPolicy.DEFAULT);
    effects.clear();

    misses(ProbeKind.STARTUP);
    misses(ProbeKind.STARTUP);
    assertThat(effects).containsExactly(new InstanceEffect.ReportProbe());

    happens(new InstanceEvent.ProbeMissed(ProbeKind.STARTUP, "503"));
    assertThat(effects).hasSize(2);
  }

  @Test
  void oneMissIsNotEnoughWhereTwoAreAsked() {
    ready(probe(2, 1));

    misses(ProbeKind.READINESS);
    assertThat(state.phase()).isEqualTo(Phase.READY);
    misses(ProbeKind.READINESS);
    assertThat(state.phase()).isEqualTo(Phase.UNREADY);
  }

  @Test
  void onlyMissesInARowCount() {
    ready(probe(2, 1));

    misses(ProbeKind.READINESS);
    passes(ProbeKind.READINESS);
    misses(ProbeKind.READINESS);

    assertThat(state.phase()).isEqualTo(Phase.READY);
  }

  @Test
  void asManyPassesAsAskedBringItBack() {
    ready(probe(1, 2));
    misses(ProbeKind.READINESS);

    passes(ProbeKind.READINESS);
    assertThat(state.phase()).isEqualTo(Phase.UNREADY);
    passes(ProbeKind.READINESS);
    assertThat(state.phase()).isEqualTo(Phase.READY);
  }

  @Test
  void aHungInstanceIsAskedThenKilledThenKilledAgainUntilItIsGone() {
    ready(probe(1, 1));

    misses(ProbeKind.LIVENESS);
    happens(new InstanceEvent.KillGranted(""));
    assertThat(effects).contains(new InstanceEffect.Signal("TERM"));
    passed(Deadline.GRACE, 1);
    assertThat(effects).containsOnlyOnce(new InstanceEffect.KillAll());
    passed(Deadline.KILL, 2);
    happens(exited(new ExitStatus.Signal("KILL", false)));

    assertThat(effects.stream().filter(new InstanceEffect.KillAll()::equals)).hasSize(2);
    assertThat(exit().cause()).isEqualTo(ExitCause.LIVENESS);
    assertThat(exit().reason()).isEqualTo("failed its liveness probe: no answer");
  }

  @Test
  void whoAnswersAgainBeforeItMayBeEndedIsLetLive() {
    ready(probe(1, 1));
    misses(ProbeKind.LIVENESS);
    assertThat(effects).endsWith(new InstanceEffect.AskToKill());
    passes(ProbeKind.LIVENESS);

    happens(new InstanceEvent.KillGranted("it was held back"));

    assertThat(state.phase()).isEqualTo(Phase.READY);
  }

  @Test
  void whyItsEndWasHeldBackStandsBesideWhatTheProbeSaid() {
    ready(probe(1, 1));
    misses(ProbeKind.LIVENESS);

    happens(new InstanceEvent.KillGranted("its end was held back for 30s"));
    happens(exited(new ExitStatus.Signal("TERM", false)));

    assertThat(exit().probe()).isEqualTo("no answer; its end was held back for 30s");
  }

  @Test
  void aDeadlineOfAnEarlierGenerationMeansNothing() {
    ready(probe(1, 1));
    misses(ProbeKind.LIVENESS);
    happens(new InstanceEvent.KillGranted(""));
    passed(Deadline.GRACE, 1);
    effects.clear();

    passed(Deadline.GRACE, 1);
    passed(Deadline.KILL, 1);

    assertThat(effects).isEmpty();
  }

  @Test
  void whoIsNotReadyInTimeIsEndedWithWhatTheProbeSaidLast() {
    launched(health(Optional.empty(), Optional.of(probe(1, 1))), StopPolicy.DEFAULT);
    misses(ProbeKind.READINESS);

    passed(Deadline.START, 1);
    happens(exited(new ExitStatus.Signal("TERM", false)));

    assertThat(exit().reason()).isEqualTo("was not ready in time: no answer");
  }

  @Test
  void onceReadyTheStartDeadlineIsOver() {
    ready(probe(1, 1));
    misses(ProbeKind.READINESS);

    passed(Deadline.START, 1);

    assertThat(state.phase()).isEqualTo(Phase.UNREADY);
  }

  @Test
  void aStopWhileLaunchingSignalsAsSoonAsThereIsAProcess() {
    happens(new InstanceEvent.IntentRecorded());
    happens(new InstanceEvent.StopRequested(ExitCause.REQUESTED));
    assertThat(effects).doesNotContain(new InstanceEffect.Signal("TERM"));

    happens(new InstanceEvent.Launched(7));

    assertThat(effects).contains(new InstanceEffect.Signal("TERM"));
    assertThat(state.phase()).isEqualTo(Phase.STOPPING);
  }

  @Test
  void whoseSignalIsKillIsKilledAtOnce() {
    launched(Health.NONE, new StopPolicy("KILL", Duration.ofSeconds(10)));

    happens(new InstanceEvent.StopRequested(ExitCause.REQUESTED));

    assertThat(effects).contains(new InstanceEffect.KillAll());
  }

  @Test
  void theFirstReasonToStopIsTheOneThatIsReported() {
    ready(probe(1, 1));
    misses(ProbeKind.LIVENESS);
    happens(new InstanceEvent.KillGranted(""));

    happens(new InstanceEvent.StopRequested(ExitCause.SHUTDOWN));
    happens(exited(new ExitStatus.Code(0)));

    assertThat(exit().cause()).isEqualTo(ExitCause.LIVENESS);
  }

  @Test
  void whatExecRefusedIsALaunchThatFailed() {
    launched(Health.NONE, StopPolicy.DEFAULT);

    happens(exited(new ExitStatus.NotStarted("Permission denied: x")));

    assertThat(exit().cause()).isEqualTo(ExitCause.LAUNCH);
  }

  @Test
  void whoWasUnreadyIsAdoptedAsUnready() {
    adopt(Phase.UNREADY, Optional.empty());

    happens(new InstanceEvent.Adopted(9, NOW));

    assertThat(state.phase()).isEqualTo(Phase.UNREADY);
  }

  @Test
  void whoWasStartingStartsWithItsFullTimeAgain() {
    adopt(Phase.STARTING, Optional.empty());

    happens(new InstanceEvent.Adopted(9, NOW));

    assertThat(effects)
        .contains(new InstanceEffect.StartTimer(Deadline.START, 1, Health.DEFAULT_START_DEADLINE));
  }

  @Test
  void whoWasStoppingIsStoppedFurther() {
    adopt(Phase.STOPPING, Optional.of(new StopOrder(ExitCause.LIVENESS, "no answer")));
    assertThat(state.phase()).isEqualTo(Phase.STOPPING);

    happens(new InstanceEvent.Adopted(9, NOW));
    happens(exited(new ExitStatus.Code(0)));

    assertThat(effects).contains(new InstanceEffect.Signal("TERM"));
    assertThat(exit().cause()).isEqualTo(ExitCause.LIVENESS);
  }

  @Test
  void whileItIsNotKnownWhetherItLivesItIsOnlyLookedFor() {
    adopt(Phase.READY, Optional.empty());
    effects.clear();

    happens(new InstanceEvent.StopRequested(ExitCause.REQUESTED));
    passed(Deadline.ADOPTION, 1);

    assertThat(effects)
        .containsExactly(
            new InstanceEffect.RecordStop(new StopOrder(ExitCause.REQUESTED, "")),
            new InstanceEffect.ReportPhase(Phase.STOPPING),
            new InstanceEffect.StartTimer(Deadline.ADOPTION, 2, Duration.ofSeconds(1)),
            new InstanceEffect.LookAgain());
  }

  private void ready(Probe probe) {
    launched(
        new Health(
            Optional.empty(), Optional.of(probe), Optional.of(probe), Duration.ofSeconds(30)),
        StopPolicy.DEFAULT);
    for (int i = 0; i < probe.successes(); i++) {
      passes(ProbeKind.READINESS);
    }
    assertThat(state.phase()).isEqualTo(Phase.READY);
  }

  private void launched(Health health, StopPolicy stop) {
    state = Instance.assigned(new Terms(health, stop));
    happens(new InstanceEvent.IntentRecorded());
    happens(new InstanceEvent.Launched(7));
  }

  private void adopt(Phase lastSeen, Optional<StopOrder> stop) {
    Health health = health(Optional.empty(), Optional.of(probe(1, 1)));
    keep(Instance.adopt(new Terms(health, StopPolicy.DEFAULT), lastSeen, stop));
  }

  private static Health health(Optional<Probe> startup, Optional<Probe> readiness) {
    return new Health(startup, readiness, Optional.empty(), Health.DEFAULT_START_DEADLINE);
  }

  private static Probe probe(int failures, int successes) {
    return new Probe(
        new ProbeCheck.Tcp("http"),
        Duration.ofSeconds(1),
        Duration.ofSeconds(1),
        failures,
        successes);
  }

  private void passes(ProbeKind kind) {
    happens(new InstanceEvent.ProbePassed(kind));
  }

  private void misses(ProbeKind kind) {
    happens(new InstanceEvent.ProbeMissed(kind, "no answer"));
  }

  private void passed(Deadline deadline, int generation) {
    happens(new InstanceEvent.DeadlinePassed(deadline, generation));
  }

  private static InstanceEvent exited(ExitStatus status) {
    return new InstanceEvent.ProcessExited(status, NOW);
  }

  private void happens(InstanceEvent event) {
    keep(Instance.decide(state, event, NOW));
  }

  private void keep(Decision<InstanceState, InstanceEffect> decision) {
    state = decision.state();
    effects.addAll(decision.effects());
  }

  private Exit exit() {
    assertThat(state).isInstanceOf(InstanceState.Exited.class);
    return ((InstanceState.Exited) state).exit();
  }
}
