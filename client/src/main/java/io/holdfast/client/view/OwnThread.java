package io.holdfast.client.view;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A daemon thread on which a follower lives, and whatever else is due some time. */
public final class OwnThread implements Shell, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(OwnThread.class);

  private final ScheduledThreadPoolExecutor thread;

  private OwnThread(String name) {
    thread = new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name(name).factory());
    thread.setRemoveOnCancelPolicy(true);
    // Whoever tells something to one that has ended need not know.
    thread.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
  }

  public static OwnThread named(String name) {
    return new OwnThread(name);
  }

  @Override
  public Running run(Function<Mailbox, Follower> follower) {
    Box box = new Box(this, follower);
    now(box.follower::begin);
    return box;
  }

  public Future<?> after(Duration delay, Runnable task) {
    return thread.schedule(() -> carryOut(task), delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Again and again. */
  public void each(Duration pause, Runnable task) {
    Future<?> _ =
        thread.scheduleWithFixedDelay(
            () -> carryOut(task), pause.toNanos(), pause.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Ends the thread. What is due later never comes. */
  @Override
  public void close() {
    thread.shutdownNow();
  }

  private void now(Runnable task) {
    thread.execute(() -> carryOut(task));
  }

  /** One thing that fails is no reason not to do the next. */
  private static void carryOut(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException defect) {
      LOG.error("a defect", defect);
    }
  }

  /** All but {@link #tell} on its thread alone. */
  private static final class Box implements Mailbox, Running {

    private final OwnThread thread;
    private final Map<Class<? extends FollowerEvent>, Future<?>> timers = new HashMap<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final Follower follower;

    private Box(OwnThread thread, Function<Mailbox, Follower> makes) {
      this.thread = thread;
      this.follower = makes.apply(this);
    }

    @Override
    public void tell(FollowerEvent event) {
      thread.now(() -> handle(event));
    }

    @Override
    public void tellAfter(Duration delay, FollowerEvent event) {
      forget(event.getClass());
      timers.put(event.getClass(), thread.after(delay, () -> handle(event)));
    }

    @Override
    public void forget(Class<? extends FollowerEvent> kind) {
      Optional.ofNullable(timers.remove(kind)).ifPresent(waiting -> waiting.cancel(false));
    }

    @Override
    public CompletionStage<Void> ended() {
      return ended.minimalCompletionStage();
    }

    private void handle(FollowerEvent event) {
      if (!ended.isDone() && !follower.on(event)) {
        timers.values().forEach(waiting -> waiting.cancel(false));
        ended.complete(null);
      }
    }
  }
}
