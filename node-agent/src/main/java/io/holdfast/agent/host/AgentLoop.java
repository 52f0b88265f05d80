package io.holdfast.agent.host;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that owns the state of all instances and of the link. What runs here must be
 * short; what is given to it after its end is dropped.
 */
public final class AgentLoop implements Executor, AutoCloseable {

  /** Something that is to happen later. */
  public interface Timer {
    void cancel();
  }

  private static final Logger LOG = LoggerFactory.getLogger(AgentLoop.class);
  private static final long CLOSE_SECONDS = 10;

  private final ScheduledThreadPoolExecutor executor;

  private AgentLoop(ScheduledThreadPoolExecutor executor) {
    this.executor = executor;
  }

  public static AgentLoop start() {
    ScheduledThreadPoolExecutor executor =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("holdfast-agent").daemon().factory());
    executor.setRemoveOnCancelPolicy(true);
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    return new AgentLoop(executor);
  }

  @Override
  public void execute(Runnable task) {
    try {
      executor.execute(guarded(task));
    } catch (RejectedExecutionException e) {
      LOG.debug("Dropped after the agent's end");
    }
  }

  public Timer after(Duration wait, Runnable task) {
    try {
      Future<?> future = executor.schedule(guarded(task), wait.toNanos(), TimeUnit.NANOSECONDS);
      return () -> future.cancel(false);
    } catch (RejectedExecutionException e) {
      LOG.debug("Dropped after the agent's end");
      return () -> {};
    }
  }

  /** Ends after what has been given to it to run at once; timers are dropped. */
  @Override
  public void close() {
    executor.shutdown();
    try {
      if (!executor.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("The agent's loop is still busy after {} s", CLOSE_SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Runnable guarded(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (Throwable e) {
        // One broken step must not end the care for all other instances, nor be lost unseen.
        LOG.error("A step of the agent failed", e);
      }
    };
  }
}
