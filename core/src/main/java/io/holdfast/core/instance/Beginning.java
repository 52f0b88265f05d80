package io.holdfast.core.instance;

import io.holdfast.core.Decision;
import io.holdfast.core.instance.InstanceEvent.Adopted;
import io.holdfast.core.instance.InstanceEvent.DeadlinePassed;
import io.holdfast.core.instance.InstanceEvent.IntentRecorded;
import io.holdfast.core.instance.InstanceEvent.KillGranted;
import io.holdfast.core.instance.InstanceEvent.LaunchFailed;
import io.holdfast.core.instance.InstanceEvent.Launched;
import io.holdfast.core.instance.InstanceEvent.ProbeMissed;
import io.holdfast.core.instance.InstanceEvent.ProbePassed;
import io.holdfast.core.instance.InstanceEvent.ProcessExited;
import io.holdfast.core.instance.InstanceEvent.StopRequested;
import java.time.Instant;
import java.util.Optional;

/** From the assignment to the first time an instance is ready. */
final class Beginning {

  /** A start happens once in a life, so its deadline needs no second generation. */
  static final int START_GENERATION = 1;

  private Beginning() {}

  static Decision<InstanceState, InstanceEffect> assigned(
      InstanceState.Assigned state, InstanceEvent event, Instant now) {
    return switch (event) {
      case IntentRecorded _ ->
          Decision.<InstanceState, InstanceEffect>to(new InstanceState.Launching(state.terms()))
              .then(new InstanceEffect.Launch())
              .then(startDeadline(state.terms()));
      case LaunchFailed failed -> Ending.notStarted(failed.why(), ExitCause.LAUNCH, now);
      case StopRequested stop ->
          Ending.notStarted("it was stopped before it was launched", stop.cause(), now);
      case Launched _, Adopted _, ProbePassed _, ProbeMissed _ -> Decision.to(state);
      case KillGranted _, DeadlinePassed _, ProcessExited _ -> Decision.to(state);
    };
  }

  static Decision<InstanceState, InstanceEffect> launching(
      InstanceState.Launching state, InstanceEvent event, Instant now) {
    return switch (event) {
      case Launched launched -> begin(state.terms(), new Running(launched.pid(), now));
      case LaunchFailed failed -> Ending.notStarted(failed.why(), ExitCause.LAUNCH, now);
      case StopRequested stop ->
          Ending.begin(state.terms(), Optional.empty(), StopOrder.of(stop.cause()));
      case DeadlinePassed(Deadline deadline, int _) when deadline == Deadline.START ->
          Ending.begin(state.terms(), Optional.empty(), StopOrder.of(ExitCause.START_DEADLINE));
      case ProcessExited exited -> Ending.exited(exited, Optional.empty());
      case IntentRecorded _, Adopted _, ProbePassed _, ProbeMissed _ -> Decision.to(state);
      case KillGranted _, DeadlinePassed _ -> Decision.to(state);
    };
  }

  static Decision<InstanceState, InstanceEffect> starting(
      InstanceState.Starting state, InstanceEvent event) {
    return switch (event) {
      case ProbePassed(ProbeKind kind) when kind == state.stage() -> passed(state);
      case ProbeMissed(ProbeKind kind, String detail) when kind == state.stage() ->
          missed(state, detail);
      case DeadlinePassed(Deadline deadline, int _) when deadline == Deadline.START ->
          Ending.begin(state.terms(), state.running(), lateStart(state));
      case StopRequested stop ->
          Ending.begin(state.terms(), state.running(), StopOrder.of(stop.cause()));
      case ProcessExited exited -> Ending.exited(exited, Optional.empty());
      case IntentRecorded _, Launched _, LaunchFailed _, Adopted _ -> Decision.to(state);
      case ProbePassed _, ProbeMissed _, KillGranted _, DeadlinePassed _ -> Decision.to(state);
    };
  }

  /** A process that has come to be: its first probe, or ready at once where nothing asks. */
  static Decision<InstanceState, InstanceEffect> begin(Terms terms, Running process) {
    if (terms.probe(ProbeKind.STARTUP).isPresent()) {
      return await(ProbeKind.STARTUP, terms, process, reportStarting());
    }
    return terms.probe(ProbeKind.READINESS).isPresent()
        ? await(ProbeKind.READINESS, terms, process, reportStarting())
        : Probing.firstReady(terms, process);
  }

  static InstanceEffect startDeadline(Terms terms) {
    return new InstanceEffect.StartTimer(
        Deadline.START, START_GENERATION, terms.health().startDeadline());
  }

  private static InstanceEffect reportStarting() {
    return new InstanceEffect.ReportPhase(Phase.STARTING);
  }

  private static Decision<InstanceState, InstanceEffect> passed(InstanceState.Starting state) {
    Streak streak = state.streak().passed();
    if (!state.terms().probe(state.stage()).map(streak::good).orElse(true)) {
      return Decision.to(with(state, streak));
    }
    boolean awaitsReadiness =
        state.stage() == ProbeKind.STARTUP && state.terms().probe(ProbeKind.READINESS).isPresent();
    return awaitsReadiness
        ? await(
            ProbeKind.READINESS, state.terms(), state.process(), new InstanceEffect.StopProbes())
        : Probing.firstReady(state.terms(), state.process());
  }

  /** Most misses say the same as the one before. */
  private static Decision<InstanceState, InstanceEffect> missed(
      InstanceState.Starting state, String detail) {
    InstanceState next = with(state, state.streak().missed(detail));
    return detail.equals(state.streak().lastMiss())
        ? Decision.to(next)
        : Decision.<InstanceState, InstanceEffect>to(next).then(new InstanceEffect.ReportProbe());
  }

  private static Decision<InstanceState, InstanceEffect> await(
      ProbeKind stage, Terms terms, Running process, InstanceEffect first) {
    return Decision.<InstanceState, InstanceEffect>to(
            new InstanceState.Starting(terms, process, stage, Streak.NONE))
        .then(first)
        .then(new InstanceEffect.StartProbe(stage));
  }

  private static InstanceState with(InstanceState.Starting state, Streak streak) {
    return new InstanceState.Starting(state.terms(), state.process(), state.stage(), streak);
  }

  private static StopOrder lateStart(InstanceState.Starting state) {
    return new StopOrder(ExitCause.START_DEADLINE, state.streak().lastMiss());
  }
}
