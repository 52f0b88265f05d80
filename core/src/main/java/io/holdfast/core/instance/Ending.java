package io.holdfast.core.instance;

import io.holdfast.core.Decision;
import io.holdfast.core.instance.InstanceEffect.Finish;
import io.holdfast.core.instance.InstanceEffect.KillAll;
import io.holdfast.core.instance.InstanceEffect.RecordStop;
import io.holdfast.core.instance.InstanceEffect.ReportPhase;
import io.holdfast.core.instance.InstanceEffect.Signal;
import io.holdfast.core.instance.InstanceEffect.StartTimer;
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
import io.holdfast.core.instance.InstanceState.Stopping;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How an instance ends: asked, then killed, then again until it is gone. */
final class Ending {

  /** A process in uninterruptible sleep survives KILL for a while, and may have left children. */
  static final Duration KILL_AGAIN = Duration.ofSeconds(5);

  private static final String KILL = "KILL";

  private Ending() {}

  /**
   * Begins to end an instance.
   *
   * @param running absent while its launch is under way: the signal then follows the launch
   */
  static Decision<InstanceState, InstanceEffect> begin(
      Terms terms, Optional<Running> running, StopOrder order) {
    boolean atOnce = terms.stop().signal().equals(KILL);
    Stopping state =
        new Stopping(terms, running, order, atOnce ? Deadline.KILL : Deadline.GRACE, 1);
    Decision<InstanceState, InstanceEffect> recorded =
        Decision.<InstanceState, InstanceEffect>to(state)
            .then(new RecordStop(order))
            .then(new StopProbes());
    return press(state, recorded.then(new ReportPhase(Phase.STOPPING)));
  }

  static Decision<InstanceState, InstanceEffect> stopping(
      Stopping state, InstanceEvent event, Instant now) {
    return switch (event) {
      case Launched launched -> launched(state, new Running(launched.pid(), now));
      case LaunchFailed failed -> notStarted(failed.why(), state.order().cause(), now);
      case DeadlinePassed(Deadline deadline, int generation)
          when deadline == state.waiting() && generation == state.generation() ->
          kill(state);
      case ProcessExited exited -> exited(exited, Optional.of(state.order()));
      case IntentRecorded _, Adopted _, ProbePassed _, ProbeMissed _ -> Decision.to(state);
      case KillGranted _, StopRequested _, DeadlinePassed _ -> Decision.to(state);
    };
  }

  static Decision<InstanceState, InstanceEffect> exited(
      ProcessExited event, Optional<StopOrder> order) {
    Exit exit =
        new Exit(
            event.status(),
            order.map(StopOrder::cause).orElse(ownCause(event.status())),
            event.at(),
            order.map(StopOrder::probe).orElse(""),
            List.of());
    // The report goes first: others wait for it.
    return finished(exit).then(new StopProbes());
  }

  static Decision<InstanceState, InstanceEffect> notStarted(
      String why, ExitCause cause, Instant now) {
    return finished(new Exit(new ExitStatus.NotStarted(why), cause, now, "", List.of()));
  }

  private static Decision<InstanceState, InstanceEffect> finished(Exit exit) {
    return Decision.<InstanceState, InstanceEffect>to(new InstanceState.Exited(exit))
        .then(new Finish(exit));
  }

  private static ExitCause ownCause(ExitStatus status) {
    return switch (status) {
      case ExitStatus.NotStarted _ -> ExitCause.LAUNCH;
      case ExitStatus.Code _, ExitStatus.Signal _, ExitStatus.Unknown _ -> ExitCause.SELF;
    };
  }

  private static Decision<InstanceState, InstanceEffect> launched(Stopping state, Running process) {
    if (state.running().isPresent()) {
      return Decision.to(state);
    }
    Stopping next =
        new Stopping(
            state.terms(),
            Optional.of(process),
            state.order(),
            state.waiting(),
            state.generation() + 1);
    return press(
        next,
        Decision.<InstanceState, InstanceEffect>to(next).then(new ReportPhase(Phase.STOPPING)));
  }

  private static Decision<InstanceState, InstanceEffect> kill(Stopping state) {
    Stopping next =
        new Stopping(
            state.terms(), state.running(), state.order(), Deadline.KILL, state.generation() + 1);
    return press(next, Decision.to(next));
  }

  /** The signal that is due, and the wait for what comes of it. */
  private static Decision<InstanceState, InstanceEffect> press(
      Stopping state, Decision<InstanceState, InstanceEffect> decision) {
    boolean killing = state.waiting() == Deadline.KILL;
    InstanceEffect signal = killing ? new KillAll() : new Signal(state.terms().stop().signal());
    Duration wait = killing ? KILL_AGAIN : state.terms().stop().grace();
    return (state.running().isPresent() ? decision.then(signal) : decision)
        .then(new StartTimer(state.waiting(), state.generation(), wait));
  }
}
