package io.holdfast.agent.log;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the logs of all instances within their limits, on one thread.
 *
 * <p>A log that grows is looked at often enough to see it before it has grown by half a file, one
 * that does not once a second; one look at a log that has not grown asks for its size and nothing
 * else.
 */
public final class LogRotation implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LogRotation.class);
  private static final long CLOSE_SECONDS = 10;

  private final LogLimits limits;
  private final ScheduledThreadPoolExecutor thread =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().name("holdfast-rotation").daemon().factory());
  private final Map<Path, RotatedLog> logs = new HashMap<>();

  private Set<Path> wanted = Set.of();
  private boolean toldOfHoles;

  private LogRotation(LogLimits limits) {
    this.limits = limits;
    thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  public static LogRotation start(LogLimits limits) {
    return new LogRotation(limits);
  }

  /**
   * From now on these are the logs that somebody may write to. New ones are looked at at once, and
   * what is left out is brought within its limits once more.
   */
  public void watch(Collection<Path> outputs) {
    Set<Path> now = Set.copyOf(outputs);
    execute(
        () -> {
          wanted = now;
          now.stream().filter(output -> !logs.containsKey(output)).forEach(this::begin);
        });
  }

  /** Ends after the step of the moment; the next agent goes on from there. */
  @Override
  public void close() {
    // Not by an interrupt, which would end the step in its middle.
    thread.shutdown();
    try {
      if (!thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("The rotation of logs is still busy after {} s", CLOSE_SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void begin(Path output) {
    RotatedLog log = new RotatedLog(output, limits, this::noHoles);
    logs.put(output, log);
    check(output, log);
  }

  private void check(Path output, RotatedLog log) {
    boolean last = !wanted.contains(output);
    Duration next = RotatedLog.IDLE;
    try {
      next = log.check(System.nanoTime());
    } catch (RuntimeException e) {
      // One broken log must not end the care for all others.
      LOG.error("A step of rotating {} failed", output, e);
    }
    if (last && !next.isZero()) {
      logs.remove(output);
    } else {
      after(next, () -> check(output, log));
    }
  }

  /** All logs are on one file system: one line tells of it. */
  private void noHoles() {
    if (!toldOfHoles) {
      toldOfHoles = true;
      LOG.warn(
          "Logs cannot be rotated: the file system of the data directory cannot cut off the head of"
              + " a file. Each is emptied when it has grown to {} MiB",
          (RotationPlan.UNCUT * limits.total()) >> 20);
    }
  }

  private void execute(Runnable task) {
    after(Duration.ZERO, task);
  }

  private void after(Duration wait, Runnable task) {
    try {
      var _ = thread.schedule(task, wait.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("Dropped after the agent's end");
    }
  }
}
