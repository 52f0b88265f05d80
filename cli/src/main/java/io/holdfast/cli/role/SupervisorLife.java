package io.holdfast.cli.role;

import io.holdfast.cli.console.Terminal;
import io.holdfast.core.CannotStart;
import io.holdfast.supervisor.Supervisor;
import io.holdfast.supervisor.SupervisorSettings;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One supervisor for as long as its process is wanted: the others may remove it, because it was cut
 * off or stood still, and then it joins them again by itself.
 */
final class SupervisorLife {

  private static final Logger LOG = LoggerFactory.getLogger(SupervisorLife.class);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
  private static final Duration BETWEEN_STARTS = Duration.ofSeconds(1);

  private final SupervisorSettings settings;
  private final Termination termination;
  private final Terminal terminal;

  SupervisorLife(SupervisorSettings settings, Termination termination, Terminal terminal) {
    this.settings = settings;
    this.termination = termination;
    this.terminal = terminal;
  }

  /** Until the end of the process is asked for. */
  void hold() throws CannotStart, InterruptedException {
    Optional<Rejoining> rejoining = Rejoining.in(terminal.environment());
    if (rejoining.isPresent()) {
      holdAgain(rejoining.get());
    } else {
      holdFirst();
    }
  }

  private void holdFirst() throws CannotStart, InterruptedException {
    Optional<Supervisor> started = start(settings);
    if (started.isPresent()) {
      try (Supervisor supervisor = started.get()) {
        ReadyLine.of("supervisor")
            .http(supervisor.httpAddress())
            .grpc(supervisor.grpcAddress())
            .print(terminal);
        serve(supervisor);
      }
    }
  }

  private void holdAgain(Rejoining rejoining) throws CannotStart, InterruptedException {
    Optional<Supervisor> started;
    try {
      started = start(settings.at(rejoining.http(), rejoining.grpc()));
    } catch (CannotStart e) {
      // It has been a member: what keeps it from being one now passes.
      LOG.warn("not a member yet: {}", e.getMessage());
      if (!termination.await(BETWEEN_STARTS)) {
        rejoining.begin();
      }
      return;
    }
    if (started.isPresent()) {
      try (Supervisor supervisor = started.get()) {
        LOG.info("a member again");
        serve(supervisor);
      }
    }
  }

  /** Empty when the end is asked for before it has started. */
  private Optional<Supervisor> start(SupervisorSettings settings)
      throws CannotStart, InterruptedException {
    FutureTask<Supervisor> start = new FutureTask<>(() -> Supervisor.start(settings));
    Thread.ofPlatform().name("supervisor-start").start(start);
    while (!termination.isRequested()) {
      try {
        return Optional.of(start.get(BETWEEN_LOOKS.toNanos(), TimeUnit.NANOSECONDS));
      } catch (TimeoutException e) {
        LOG.trace("starting");
      } catch (ExecutionException e) {
        throw e.getCause() instanceof CannotStart refusal
            ? refusal
            : new CannotStart("the supervisor cannot start: " + e.getCause(), e);
      }
    }
    start.cancel(true);
    return Optional.empty();
  }

  private void serve(Supervisor supervisor) throws CannotStart, InterruptedException {
    while (!termination.await(BETWEEN_LOOKS) && !supervisor.isRemoved()) {
      Optional<String> deposed = supervisor.deposed();
      if (deposed.isPresent()) {
        throw new CannotStart(deposed.get());
      }
    }
    if (!termination.isRequested()) {
      LOG.warn(
          "this supervisor is a member no more: the others have removed it, or more than half of"
              + " them are not to be reached; it joins again");
      new Rejoining(supervisor.httpAddress(), supervisor.grpcAddress()).begin();
    }
  }
}
