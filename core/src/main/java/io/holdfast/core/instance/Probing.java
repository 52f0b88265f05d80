package io.holdfast.core.instance;

import io.holdfast.core.Decision;
import io.holdfast.core.instance.InstanceEffect.AskToKill;
import io.holdfast.core.instance.InstanceEffect.ReportPhase;
import io.holdfast.core.instance.InstanceEffect.StartProbe;
import io.holdfast.core.instance.InstanceEffect.StopProbes;
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
import io.holdfast.core.instance.InstanceState.Serving;
import java.util.Optional;

/** An instance that has been ready once: taken from traffic, given back, or ended by its probes. */
final class Probing {

  private Probing() {}

  static Decision<InstanceState, InstanceEffect> serving(Serving state, InstanceEvent event) {
    return switch (event) {
      case ProbePassed(ProbeKind kind) -> passed(state, kind);
      case ProbeMissed(ProbeKind kind, String detail) -> missed(state, kind, detail);
      case KillGranted(String why) -> granted(state, why);
      case StopRequested stop ->
          Ending.begin(state.terms(), state.running(), StopOrder.of(stop.cause()));
      case ProcessExited exited -> Ending.exited(exited, Optional.empty());
      case IntentRecorded _, Launched _, LaunchFailed _, Adopted _ -> Decision.to(state);
      case DeadlinePassed _ -> Decision.to(state);
    };
  }

  static Decision<InstanceState, InstanceEffect> firstReady(Terms terms, Running process) {
    // The probes begin anew: what was asked of a starting process is no evidence against this one.
    Decision<InstanceState, InstanceEffect> ready =
        Decision.<InstanceState, InstanceEffect>to(fresh(terms, process, true))
            .then(new ReportPhase(Phase.READY))
            .then(new StopProbes());
    return withProbes(terms, ready);
  }

  /** An adopted process is what it last was, until a probe says otherwise. */
  static Decision<InstanceState, InstanceEffect> resume(
      Terms terms, Running process, boolean ready) {
    Serving state = fresh(terms, process, ready);
    return withProbes(
        terms,
        Decision.<InstanceState, InstanceEffect>to(state).then(new ReportPhase(state.phase())));
  }

  private static Serving fresh(Terms terms, Running process, boolean ready) {
    return new Serving(terms, process, ready, Streak.NONE, Streak.NONE);
  }

  private static Decision<InstanceState, InstanceEffect> withProbes(
      Terms terms, Decision<InstanceState, InstanceEffect> decision) {
    Decision<InstanceState, InstanceEffect> probed = decision;
    if (terms.probe(ProbeKind.READINESS).isPresent()) {
      probed = probed.then(new StartProbe(ProbeKind.READINESS));
    }
    return terms.probe(ProbeKind.LIVENESS).isPresent()
        ? probed.then(new StartProbe(ProbeKind.LIVENESS))
        : probed;
  }

  private static Decision<InstanceState, InstanceEffect> passed(Serving state, ProbeKind kind) {
    return switch (kind) {
      case STARTUP -> Decision.to(state);
      case READINESS -> judged(state, state.readiness().passed());
      case LIVENESS -> Decision.to(withLiveness(state, state.liveness().passed()));
    };
  }

  private static Decision<InstanceState, InstanceEffect> missed(
      Serving state, ProbeKind kind, String detail) {
    return switch (kind) {
      case STARTUP -> Decision.to(state);
      case READINESS -> judged(state, state.readiness().missed(detail));
      case LIVENESS -> alive(state, state.liveness().missed(detail));
    };
  }

  private static Decision<InstanceState, InstanceEffect> judged(Serving state, Streak streak) {
    boolean ready =
        state
            .terms()
            .probe(ProbeKind.READINESS)
            .map(probe -> state.ready() ? !streak.bad(probe) : streak.good(probe))
            .orElse(state.ready());
    Serving next = new Serving(state.terms(), state.process(), ready, streak, state.liveness());
    return ready == state.ready()
        ? Decision.to(next)
        : Decision.<InstanceState, InstanceEffect>to(next).then(new ReportPhase(next.phase()));
  }

  /** Not ended at once: what else fails on the host may show that the fault is not its own. */
  private static Decision<InstanceState, InstanceEffect> alive(Serving state, Streak streak) {
    Serving next = withLiveness(state, streak);
    return isHung(next)
        ? Decision.<InstanceState, InstanceEffect>to(next).then(new AskToKill())
        : Decision.to(next);
  }

  private static Decision<InstanceState, InstanceEffect> granted(Serving state, String why) {
    String said = state.liveness().lastMiss() + (why.isBlank() ? "" : "; " + why);
    return isHung(state)
        ? Ending.begin(state.terms(), state.running(), new StopOrder(ExitCause.LIVENESS, said))
        : Decision.to(state);
  }

  private static boolean isHung(Serving state) {
    return state.terms().probe(ProbeKind.LIVENESS).map(state.liveness()::bad).orElse(false);
  }

  private static Serving withLiveness(Serving state, Streak streak) {
    return new Serving(state.terms(), state.process(), state.ready(), state.readiness(), streak);
  }
}
