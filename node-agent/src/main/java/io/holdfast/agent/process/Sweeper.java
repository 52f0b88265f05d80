package io.holdfast.agent.process;

import io.holdfast.agent.cgroup.Cgroup;
import io.holdfast.agent.process.Sessions.Remains;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that kills what ended services leave behind, again and again until nothing is found.
 * Those that come together share each look through {@code /proc}.
 */
final class Sweeper implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);

  /** Even a process with much memory, or with a core to write, has ended by then. */
  private static final Duration MOST = Duration.ofSeconds(10);

  private static final Duration MOST_WHEN_CLOSING = Duration.ofSeconds(2);
  private static final Duration BETWEEN_ROUNDS = Duration.ofMillis(2);

  /** What may be left of one service; {@code after} is run when nothing is. */
  private record Job(
      Optional<Cgroup> cgroup, Optional<Remains> remains, long begun, Runnable after) {

    boolean isOverdue(Duration most) {
      return System.nanoTime() - begun > most.toNanos();
    }
  }

  private static final Job WAKE =
      new Job(Optional.empty(), Optional.empty(), System.nanoTime(), () -> {});

  private final BlockingQueue<Job> jobs = new LinkedBlockingQueue<>();
  private final Thread thread =
      Thread.ofPlatform().name("holdfast-sweeper").daemon().unstarted(this::run);
  private volatile boolean closing;

  static Sweeper start() {
    Sweeper sweeper = new Sweeper();
    sweeper.thread.start();
    return sweeper;
  }

  /** Empties a session, then runs {@code after} on the sweeper's thread. */
  void sweep(Remains remains, Runnable after) {
    sweep(Optional.empty(), Optional.of(remains), after);
  }

  /** Empties and removes a group, empties a session, then runs {@code after}. */
  void sweep(Optional<Cgroup> cgroup, Optional<Remains> remains, Runnable after) {
    jobs.add(new Job(cgroup, remains, System.nanoTime(), after));
  }

  /** Ends after what it has been given so far. */
  @Override
  public void close() {
    closing = true;
    jobs.add(WAKE);
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    List<Job> open = new ArrayList<>();
    try {
      while (!closing || !jobs.isEmpty() || !open.isEmpty()) {
        if (open.isEmpty()) {
          open.add(jobs.take());
        }
        jobs.drainTo(open);
        round(open);
        if (!open.isEmpty()) {
          LockSupport.parkNanos(BETWEEN_ROUNDS.toNanos());
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("Interrupted, though nobody interrupts this thread", e);
    }
  }

  private void round(List<Job> open) {
    List<ProcStat> processes =
        open.stream().anyMatch(job -> job.remains().isPresent()) ? Sessions.processes() : List.of();
    for (Job job : List.copyOf(open)) {
      if (isClear(job, processes) || isGivenUp(job)) {
        open.remove(job);
        finish(job);
      }
    }
  }

  private static boolean isClear(Job job, List<ProcStat> processes) {
    try {
      boolean clear = job.remains().isEmpty() || Sessions.kill(job.remains().get(), processes);
      if (job.cgroup().isPresent()) {
        clear &= job.cgroup().get().kill(Sessions::kill) && job.cgroup().get().remove();
      }
      return clear;
    } catch (IOException | RuntimeException e) {
      LOG.error("Left-over processes could not be looked for", e);
      return true;
    }
  }

  private boolean isGivenUp(Job job) {
    if (!job.isOverdue(closing ? MOST_WHEN_CLOSING : MOST)) {
      return false;
    }
    LOG.warn(
        "Some of what a service has left behind does not end even when killed: {}",
        job.cgroup().map(Cgroup::toString).orElseGet(() -> String.valueOf(job.remains())));
    return true;
  }

  private static void finish(Job job) {
    try {
      job.after().run();
    } catch (RuntimeException e) {
      // One broken step must not end the care for all others.
      LOG.error("A step after a sweep failed", e);
    }
  }
}
