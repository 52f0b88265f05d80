package io.holdfast.core.instance;

import io.holdfast.core.Decision;
import io.holdfast.core.instance.InstanceEffect.LookAgain;
import io.holdfast.core.instance.InstanceEffect.RecordStop;
import io.holdfast.core.instance.InstanceEffect.ReportPhase;
import io.holdfast.core.instance.InstanceEffect.StartTimer;
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
import io.holdfast.core.instance.InstanceState.Adopting;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What an agent that has restarted makes of the processes it finds.
 *
 * <p>While it is not known whether a process lives, nothing is launched in its place and nothing is
 * signalled: it is only looked for again.
 */
final class Adoption {

  static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  private Adoption() {}

  static Decision<InstanceState, InstanceEffect> begin(
      Terms terms, Phase lastSeen, Optional<StopOrder> stop) {
    return look(new Adopting(terms, lastSeen, stop, 1));
  }

  static Decision<InstanceState, InstanceEffect> adopting(
      Adopting state, InstanceEvent event, Instant now) {
    return switch (event) {
      case Adopted(long pid, Instant startedAt) -> adopted(state, new Running(pid, startedAt));
      case LaunchFailed failed ->
          Ending.notStarted(
              failed.why(), state.stop().map(StopOrder::cause).orElse(ExitCause.LAUNCH), now);
      case ProcessExited exited -> Ending.exited(exited, state.stop());
      case StopRequested stop -> stopLater(state, StopOrder.of(stop.cause()));
      case DeadlinePassed(Deadline deadline, int generation)
          when deadline == Deadline.ADOPTION && generation == state.generation() ->
          look(with(state, state.stop(), generation + 1));
      case IntentRecorded _ -> launchAtLast(state, now);
      case Launched _, ProbePassed _, ProbeMissed _ -> Decision.to(state);
      case KillGranted _, DeadlinePassed _ -> Decision.to(state);
    };
  }

  private static Decision<InstanceState, InstanceEffect> look(Adopting state) {
    return Decision.<InstanceState, InstanceEffect>to(state)
        .then(new StartTimer(Deadline.ADOPTION, state.generation(), LOOK_AGAIN))
        .then(new LookAgain());
  }

  /** Its agent ended between the intent and the launch. */
  private static Decision<InstanceState, InstanceEffect> launchAtLast(Adopting state, Instant now) {
    InstanceState.Assigned assigned = new InstanceState.Assigned(state.terms());
    return state
        .stop()
        .map(order -> Beginning.assigned(assigned, new StopRequested(order.cause()), now))
        .orElseGet(() -> Beginning.assigned(assigned, new IntentRecorded(), now));
  }

  private static Decision<InstanceState, InstanceEffect> adopted(Adopting state, Running process) {
    return state
        .stop()
        .map(order -> Ending.begin(state.terms(), Optional.of(process), order))
        .orElseGet(() -> resumed(state, process));
  }

  private static Decision<InstanceState, InstanceEffect> resumed(Adopting state, Running process) {
    return switch (state.lastSeen()) {
      case READY -> Probing.resume(state.terms(), process, true);
      case UNREADY -> Probing.resume(state.terms(), process, false);
      // How long it has been starting is not known across a restart: it gets its full time again.
      case STARTING, STOPPING, EXITED ->
          Beginning.begin(state.terms(), process).then(Beginning.startDeadline(state.terms()));
    };
  }

  private static Decision<InstanceState, InstanceEffect> stopLater(
      Adopting state, StopOrder order) {
    return state.stop().isPresent()
        ? Decision.to(state)
        : Decision.<InstanceState, InstanceEffect>to(
                with(state, Optional.of(order), state.generation()))
            .then(new RecordStop(order))
            .then(new ReportPhase(Phase.STOPPING));
  }

  private static Adopting with(Adopting state, Optional<StopOrder> stop, int generation) {
    return new Adopting(state.terms(), state.lastSeen(), stop, generation);
  }
}
