package io.holdfast.agent.process;

import io.holdfast.agent.process.Sessions.Remains;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that empties sessions; those that come together share each look through {@code /proc}.
 */
final class Sweeper implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);

  /** Killed processes are gone within a round or two; a fork bomb is left after this many. */
  private static final int MOST_ROUNDS = 50;

  private static final Duration BETWEEN_ROUNDS = Duration.ofMillis(2);

  private record Job(Remains remains, Runnable after) {}

  /** A job that finds nothing: no process is in session -1. */
  private static final Job WAKE =
      new Job(new Remains(-1, OptionalLong.empty(), false, 0), () -> {});

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
    jobs.add(new Job(remains, after));
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
    try {
      while (!closing || !jobs.isEmpty()) {
        List<Job> batch = new ArrayList<>(List.of(jobs.take()));
        jobs.drainTo(batch);
        sweep(batch);
      }
    } catch (InterruptedException e) {
      LOG.debug("Interrupted, though nobody interrupts this thread", e);
    }
  }

  private static void sweep(List<Job> batch) {
    try {
      List<Remains> sessions = batch.stream().map(Job::remains).toList();
      for (int round = 0; round < MOST_ROUNDS && !Sessions.kill(sessions); round++) {
        LockSupport.parkNanos(BETWEEN_ROUNDS.toNanos());
      }
    } catch (RuntimeException e) {
      LOG.error("Left-over processes could not be looked for", e);
    }
    batch.forEach(job -> job.after().run());
  }
}
