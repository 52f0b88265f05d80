package io.holdfast.agent.process;

import io.holdfast.agent.cgroup.Cgroup;
import io.holdfast.agent.cgroup.Cgroups;
import io.holdfast.agent.process.Sessions.Remains;
import io.holdfast.core.instance.ExitStatus;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Launches services, each below its {@link Shim}. Blocks for the few milliseconds it takes. */
final class Launcher {

  /** From the fork to the word that the program is about to run: a directory may be slow. */
  private static final Duration MOST = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(Launcher.class);

  /** For what is left of a launch that came to nothing. */
  private static final Duration CLEARED = Duration.ofSeconds(2);

  private final Clock clock;
  private final Guards guards;
  private final Sweeper sweeper;
  private final Cgroups cgroups;

  Launcher(Clock clock, Guards guards, Sweeper sweeper, Cgroups cgroups) {
    this.clock = clock;
    this.guards = guards;
    this.sweeper = sweeper;
    this.cgroups = cgroups;
  }

  LaunchOutcome launch(LaunchOrder order) {
    try {
      Programs.checkDirectory(order.directory());
      Programs.checkProgram(order.command().getFirst(), order.directory(), order.environment());
      List<String> argv = Programs.argv(order.command(), order.environment(), order.user());
      return launch(order, argv);
    } catch (CannotLaunch | IOException e) {
      return new LaunchOutcome.Failed(String.valueOf(e.getMessage()));
    }
  }

  private LaunchOutcome launch(LaunchOrder order, List<String> argv)
      throws IOException, CannotLaunch {
    int lock =
        Fds.lock(Traces.lock(order.record()))
            .orElseThrow(() -> new CannotLaunch("it has been launched before and still runs"));
    try {
      Optional<Cgroup> cgroup =
          cgroups.create(String.valueOf(order.record().getFileName()), order.resources());
      Traces traces = Traces.fresh(order.record(), cgroup);
      Optional<Guards.Watch> guard = guard(order, traces);
      Fds.Pipe pipe = Fds.pipe();
      try {
        int shim = spawn(order, argv, traces, pipe.writeEnd(), lock);
        Pidfd handle = hold(shim);
        LaunchOutcome outcome =
            Fds.await(pipe.readEnd(), Fds.POLLIN, MOST)
                ? begun(handle, shim, Fds.line(pipe.readEnd()), traces)
                : tooSlow(handle, shim, traces);
        if (cgroup.isPresent() && traces.isAtLarge()) {
          LOG.warn("{} could not join all of its control groups", cgroup.get());
        }
        if (outcome instanceof LaunchOutcome.Running(NativeProcess process)) {
          guard.ifPresent(watch -> watch.protect(process));
        }
        return outcome;
      } finally {
        Fds.close(pipe.readEnd());
      }
    } finally {
      // The shim holds its copy, so the lock outlives this agent.
      Fds.close(lock);
    }
  }

  /** It comes first, so that no exclusive service runs unguarded, not even for a moment. */
  private Optional<Guards.Watch> guard(LaunchOrder order, Traces traces)
      throws IOException, CannotLaunch {
    Optional<GuardOrder> guard = order.guard();
    return guard.isPresent() ? Optional.of(guards.begin(traces, guard.get())) : Optional.empty();
  }

  private static int spawn(LaunchOrder order, List<String> argv, Traces traces, int pipe, int lock)
      throws IOException {
    try {
      return new Spawn(
              Shim.SHELL,
              Shim.service(traces, order.directory(), argv),
              Processes.marked(order.environment(), order.record()),
              traces.output(),
              List.of(pipe, lock))
          .start();
    } finally {
      // Else the pipe would never end when the shim does.
      Fds.close(pipe);
    }
  }

  private LaunchOutcome begun(Pidfd shim, int shimPid, Optional<String> word, Traces traces) {
    Optional<ProcStat> service = word.flatMap(ProcStat::parse);
    if (service.isEmpty()) {
      abandon(shim, shimPid, traces);
      return new LaunchOutcome.Failed(Shim.reason(word));
    }
    ProcStat identity = service.get();
    Optional<Pidfd> process = Pidfd.find(identity.pid());
    if (process.isPresent()
        && ProcStat.read(identity.pid()).filter(identity::isSameProcess).isPresent()) {
      return new LaunchOutcome.Running(
          NativeProcess.launched(identity, clock.instant(), process.get(), shim, traces));
    }
    process.ifPresent(Pidfd::close);
    return ended(identity.pid(), shim, shimPid, traces);
  }

  /** So short a life that only the shim can tell of it. */
  private LaunchOutcome ended(long pid, Pidfd shim, int shimPid, Traces traces) {
    shim.awaitEnd(MOST);
    Death death =
        traces.death().orElseGet(() -> new Death(new ExitStatus.Unknown(), clock.instant()));
    abandon(shim, shimPid, traces);
    return new LaunchOutcome.Ended(pid, death);
  }

  private LaunchOutcome tooSlow(Pidfd shim, int shimPid, Traces traces) {
    abandon(shim, shimPid, traces);
    return new LaunchOutcome.Failed("it could not be launched within " + MOST.toSeconds() + "s");
  }

  private void abandon(Pidfd shim, int shimPid, Traces traces) {
    CompletableFuture<Void> cleared = new CompletableFuture<>();
    Mark mark = new Mark(traces.directory(), 0);
    sweeper.sweep(
        traces.cgroup(),
        Optional.of(
            new Remains(shimPid, OptionalLong.empty(), true, Sessions.ticks(), Optional.of(mark))),
        () -> {
          shim.awaitEnd(Duration.ofSeconds(1));
          shim.reap();
          shim.close();
          cleared.complete(null);
        });
    cleared.completeOnTimeout(null, CLEARED.toMillis(), TimeUnit.MILLISECONDS).join();
  }

  /** A child that nobody has reaped can always be had. */
  private static Pidfd hold(int child) throws IOException {
    return switch (Pidfd.open(child)) {
      case Pidfd.Opening.Opened(Pidfd process) -> process;
      case Pidfd.Opening.NoSuchProcess _ -> throw new IOException("its shell is gone");
      case Pidfd.Opening.Unclear(String why) -> throw new IOException(why);
    };
  }
}
