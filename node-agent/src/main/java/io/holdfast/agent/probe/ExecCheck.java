package io.holdfast.agent.probe;

import io.holdfast.agent.process.CommandRun;
import io.holdfast.agent.process.Processes;
import io.holdfast.core.instance.ExitStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A command that exits with code 0 passes; one that takes too long is killed. */
final class ExecCheck {

  /** Commands that run at the same time on this host; others wait, before their time begins. */
  static final int MOST_AT_ONCE = 16;

  /** A killed one that is not gone by then hangs in the kernel, and keeps no place from others. */
  private static final Duration LAST_WAIT = Duration.ofSeconds(5);

  private final Processes processes;
  private final Semaphore places = new Semaphore(MOST_AT_ONCE, true);

  ExecCheck(Processes processes) {
    this.processes = processes;
  }

  ProbeResult run(List<String> command, ProbeTarget target, Duration timeout)
      throws InterruptedException, NotMade {
    String name = command.getFirst();
    places.acquire();
    CommandRun run;
    try {
      run = processes.run(command, target.environment(), target.directory(), target.user());
    } catch (IOException e) {
      places.release();
      return ProbeResult.failed(name + " could not be run", e);
    } catch (RuntimeException e) {
      places.release();
      throw e;
    }
    // Not before it is gone with all of its session, or the limit would be one of words.
    CompletionStage<ExitStatus> gone =
        run.end()
            .toCompletableFuture()
            .copy()
            .orTimeout(timeout.plus(LAST_WAIT).toMillis(), TimeUnit.MILLISECONDS);
    gone.whenComplete((_, _) -> places.release());
    return await(name, run, timeout);
  }

  private static ProbeResult await(String name, CommandRun run, Duration timeout)
      throws InterruptedException {
    try {
      ExitStatus status =
          run.end().toCompletableFuture().get(timeout.toNanos(), TimeUnit.NANOSECONDS);
      return status.equals(new ExitStatus.Code(0))
          ? ProbeResult.passed()
          : ProbeResult.missed(name + " " + status);
    } catch (TimeoutException e) {
      run.kill();
      return ProbeResult.missed(name + " did not end within " + timeout.toMillis() + "ms");
    } catch (InterruptedException e) {
      run.kill();
      throw e;
    } catch (ExecutionException e) {
      return ProbeResult.missed(name + " could not be watched: " + e.getMessage());
    }
  }
}
