package io.holdfast.agent;

import io.holdfast.agent.host.InstanceDirectory;
import io.holdfast.agent.host.Intent;
import io.holdfast.agent.log.LogTail;
import io.holdfast.agent.probe.ProbeResult;
import io.holdfast.agent.process.Death;
import io.holdfast.agent.process.LaunchOutcome;
import io.holdfast.agent.process.Processes;
import io.holdfast.agent.process.ServiceProcess;
import io.holdfast.agent.process.Sighting;
import io.holdfast.core.Decision;
import io.holdfast.core.InstanceId;
import io.holdfast.core.instance.BrakeEvent;
import io.holdfast.core.instance.Exit;
import io.holdfast.core.instance.ExitCause;
import io.holdfast.core.instance.Instance;
import io.holdfast.core.instance.InstanceEffect;
import io.holdfast.core.instance.InstanceEvent;
import io.holdfast.core.instance.InstanceState;
import io.holdfast.core.instance.Phase;
import io.holdfast.core.instance.ProbeKind;
import io.holdfast.core.instance.Report;
import io.holdfast.core.instance.Running;
import io.holdfast.core.instance.StopOrder;
import io.holdfast.core.instance.Terms;
import io.holdfast.core.spec.ServiceSpec;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One instance on this host: feeds its machine with events and carries out what that decides. */
final class HostedInstance {

  private static final Logger LOG = LoggerFactory.getLogger(HostedInstance.class);

  /** An incomplete record is completed within milliseconds, or never. */
  private static final int MOST_LOOKS = 5;

  private static final String NOT_LAUNCHED = "its agent ended before it was launched";

  private final Surroundings around;
  private final InstanceDirectory directory;
  private final ServiceSpec spec;
  private final Intent intent;
  private final Instant assignedAt;
  private final Timers timers;
  private final Notified notified;
  private final Probes probes;
  private Optional<ServiceProcess> process = Optional.empty();
  private Optional<Report.Dead> end = Optional.empty();
  private InstanceState state;
  private int looks;
  private boolean released;

  HostedInstance(
      Surroundings around, InstanceDirectory directory, ServiceSpec spec, Intent intent) {
    this.around = around;
    this.directory = directory;
    this.spec = spec;
    this.intent = intent;
    this.assignedAt = around.clock().instant();
    this.timers = new Timers(around.loop());
    this.notified = new Notified(intent.instance(), spec, directory.path(), around.processes());
    this.probes = new Probes(around, spec, notified);
    this.state = Instance.assigned(Terms.of(spec));
  }

  InstanceId id() {
    return intent.instance();
  }

  ServiceSpec spec() {
    return spec;
  }

  InstanceDirectory directory() {
    return directory;
  }

  Map<String, Integer> ports() {
    return intent.ports();
  }

  Phase phase() {
    return state.phase();
  }

  String specJson() {
    return intent.specJson();
  }

  /** True when the agent launches it unasked, in place of a failed one. */
  boolean isRestart() {
    return intent.replaces().isPresent();
  }

  Report report() {
    if (end.isPresent()) {
      return end.get();
    }
    Running running = state.running().orElse(new Running(0, assignedAt));
    return new Report.Alive(
        id(), state.phase(), running.pid(), ports(), running.startedAt(), probe());
  }

  /** What keeps it from being ready. */
  private String probe() {
    return switch (state) {
      case InstanceState.Starting starting -> starting.streak().lastMiss();
      case InstanceState.Serving serving when !serving.ready() -> serving.readiness().lastMiss();
      case InstanceState.Assigned _,
          InstanceState.Launching _,
          InstanceState.Serving _,
          InstanceState.Stopping _,
          InstanceState.Adopting _,
          InstanceState.Exited _ ->
          "";
    };
  }

  /** Where its processes are, while it has any. */
  OptionalLong session() {
    return end.isEmpty() && process.isPresent() ? process.get().session() : OptionalLong.empty();
  }

  /** Completes when nothing of its process is left. */
  CompletionStage<Void> gone() {
    return process.map(ServiceProcess::gone).orElse(CompletableFuture.completedFuture(null));
  }

  /** Launches it; its intent has been written down. */
  void launch() {
    on(new InstanceEvent.IntentRecorded());
  }

  /** Ends it before its launch. */
  void refuse(String why) {
    on(new InstanceEvent.LaunchFailed(why));
  }

  /** Looks for what an earlier agent launched, and takes over from it. */
  void adopt(Phase lastSeen, Optional<StopOrder> stop) {
    carryOut(Instance.adopt(Terms.of(spec), lastSeen, stop));
  }

  void stop(ExitCause cause) {
    on(new InstanceEvent.StopRequested(cause));
  }

  /** It may be ended for what its liveness probe says. */
  void killGranted(String why) {
    on(new InstanceEvent.KillGranted(why));
  }

  /** Kills it out of turn; what follows is decided when it has ended. */
  void killNow() {
    process.ifPresent(running -> running.signal("KILL"));
  }

  /** Leaves it alone: the agent ends, the instance goes on. */
  void release() {
    released = true;
    probes.stopAll();
    notified.close();
    timers.cancelAll();
  }

  private void on(InstanceEvent event) {
    if (released) {
      // The next agent finds it as it is, and has the time for what follows.
      return;
    }
    carryOut(Instance.decide(state, event, around.clock().instant()));
  }

  private void carryOut(Decision<InstanceState, InstanceEffect> decision) {
    state = decision.state();
    decision.effects().forEach(this::carryOut);
  }

  private void carryOut(InstanceEffect effect) {
    switch (effect) {
      case InstanceEffect.Launch _ -> startLaunch();
      case InstanceEffect.LookAgain _ -> look();
      case InstanceEffect.RecordStop(StopOrder order) -> note(() -> directory.record(order));
      case InstanceEffect.Signal(String name) -> process.ifPresent(running -> running.signal(name));
      case InstanceEffect.KillAll _ -> killNow();
      case InstanceEffect.StartTimer timer -> startTimer(timer);
      case InstanceEffect.StartProbe(ProbeKind kind) -> startProbe(kind);
      case InstanceEffect.AskToKill _ ->
          around.host().liveness(new BrakeEvent.KillAsked(id(), recovery()));
      case InstanceEffect.StopProbes _ -> probes.stopAll();
      case InstanceEffect.ReportPhase(Phase phase) -> {
        around.reports().accept(report());
        around.host().progressed(this);
        note(() -> directory.record(phase));
      }
      case InstanceEffect.ReportProbe _ -> around.reports().accept(report());
      case InstanceEffect.Finish(Exit exit) -> finish(exit);
    }
  }

  private void startLaunch() {
    Optional<String> obstacle = around.lease().obstacle(spec);
    if (obstacle.isPresent()) {
      around.loop().execute(() -> launched(new LaunchOutcome.Failed(obstacle.get())));
      return;
    }
    Launch launch = launchPlan();
    around
        .launchers()
        .execute(
            () -> {
              LaunchOutcome outcome = launch.run();
              around.loop().execute(() -> launched(outcome));
            });
  }

  private Launch launchPlan() {
    return new Launch(
        spec.process(),
        around.lease().guard(spec),
        intent,
        directory,
        around.environment(),
        around.node(),
        notified,
        around.processes());
  }

  private void launched(LaunchOutcome outcome) {
    switch (outcome) {
      case LaunchOutcome.Running(ServiceProcess running) -> {
        watch(running);
        notified.listen(running);
        on(new InstanceEvent.Launched(running.pid()));
      }
      case LaunchOutcome.Ended(long pid, Death death) -> {
        on(new InstanceEvent.Launched(pid));
        ended(death);
      }
      case LaunchOutcome.Failed(String why) -> on(new InstanceEvent.LaunchFailed(why));
    }
  }

  private void look() {
    looks++;
    switch (around.processes().look(directory.path(), intent.bootId(), looks >= MOST_LOOKS)) {
      case Sighting.Alive(ServiceProcess running) -> {
        around.lease().guard(spec).ifPresent(order -> around.processes().guard(running, order));
        watch(running);
        notified.takeOver(running, hasBeenReady());
        on(new InstanceEvent.Adopted(running.pid(), running.startedAt()));
      }
      case Sighting.Dead(Death death) -> ended(death);
      case Sighting.NeverLaunched _ -> on(unlaunched());
      case Sighting.Revoked _ -> on(new InstanceEvent.LaunchFailed(NOT_LAUNCHED));
      case Sighting.Unclear(String why) -> unclear(why);
    }
  }

  /** What must wait for others before its launch is launched anew, by who knows of them. */
  private InstanceEvent unlaunched() {
    return spec.stopsFirst() || !intent.bootId().equals(Processes.bootId())
        ? new InstanceEvent.LaunchFailed(NOT_LAUNCHED)
        : new InstanceEvent.IntentRecorded();
  }

  private void unclear(String why) {
    if (looks == 1) {
      LOG.warn("It is not known whether {} runs ({}); looking again", id(), why);
    }
  }

  private void watch(ServiceProcess running) {
    process = Optional.of(running);
    running.death().thenAccept(death -> around.loop().execute(() -> ended(death)));
  }

  private void ended(Death death) {
    on(new InstanceEvent.ProcessExited(death.status(), death.at()));
  }

  private void startTimer(InstanceEffect.StartTimer timer) {
    InstanceEvent event = new InstanceEvent.DeadlinePassed(timer.deadline(), timer.generation());
    timers.start(timer.deadline(), timer.after(), () -> on(event));
  }

  private void startProbe(ProbeKind kind) {
    boolean awaited = !(state instanceof InstanceState.Serving);
    probes.start(
        kind, launchPlan().probeTarget(around.address()), awaited, result -> probed(kind, result));
  }

  /** As its earlier agent has last seen it. */
  private boolean hasBeenReady() {
    return switch (state.phase()) {
      case READY, UNREADY -> true;
      case STARTING, STOPPING, EXITED -> false;
    };
  }

  /** From the signal to a successor that is ready. */
  private Duration recovery() {
    return spec.stop().grace().plus(spec.health().startDeadline());
  }

  private void probed(ProbeKind kind, ProbeResult result) {
    if (kind == ProbeKind.LIVENESS && state instanceof InstanceState.Serving) {
      around.host().liveness(seen(result));
    }
    switch (result) {
      case ProbeResult.Passed _ -> on(new InstanceEvent.ProbePassed(kind));
      case ProbeResult.Missed(String detail) -> on(new InstanceEvent.ProbeMissed(kind, detail));
    }
  }

  private BrakeEvent seen(ProbeResult result) {
    return switch (result) {
      case ProbeResult.Passed _ -> new BrakeEvent.LivenessPassed(id());
      case ProbeResult.Missed _ -> new BrakeEvent.LivenessMissed(id());
    };
  }

  /**
   * A successor is on its way before its last lines are read and anything is said: it takes longer.
   * Of both nothing is told before this end, as that comes back to this thread. All else can wait.
   */
  private void finish(Exit seen) {
    Exit exit = Blame.of(looks > 0, intent, directory).on(seen);
    OptionalLong successor = around.host().successor(this, exit);
    around.host().ended(this);
    Report.Dead dead =
        new Report.Dead(id(), exit.withLog(LogTail.of(directory.output())), successor);
    end = Optional.of(dead);
    around.reports().accept(dead);
    timers.cancelAll();
    notified.close();
    LOG.info("{} {}", id(), exit.reason());
    note(() -> directory.record(dead));
  }

  private interface Note {
    void write() throws IOException;
  }

  /** A full disk must not keep an instance from being stopped or reported. */
  private void note(Note note) {
    try {
      note.write();
    } catch (IOException e) {
      LOG.warn("A note on {} could not be written: {}", id(), e.toString());
    }
  }
}
