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

/** Runs a follower on a daemon thread of its own, which ends with it. */
public final class OwnThread implements Shell {

  private static final Logger LOG = LoggerFactory.getLogger(OwnThread.class);

  private final String name;

  private OwnThread(String name) {
    this.name = name;
  }

  public static OwnThread named(String name) {
    return new OwnThread(name);
  }

  @Override
  public Running run(Function<Mailbox, Follower> follower) {
    Box box = new Box(name, follower);
    box.thread.execute(box.follower::begin);
    return box;
  }

  /** All but {@link #tell} on its thread alone. */
  private static final class Box implements Mailbox, Running {

    private final ScheduledThreadPoolExecutor thread;
    private final Map<Class<? extends FollowerEvent>, Future<?>> timers = new HashMap<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    private final Follower follower;

    private Box(String name, Function<Mailbox, Follower> makes) {
      thread =
          new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name(name).factory());
      thread.setRemoveOnCancelPolicy(true);
      // Whoever tells something to one that has ended need not know.
      thread.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
      follower = makes.apply(this);
    }

    @Override
    public void tell(FollowerEvent event) {
      thread.execute(() -> handle(event));
    }

    @Override
    public void tellAfter(Duration delay, FollowerEvent event) {
      forget(event.getClass());
      timers.put(
          event.getClass(),
          thread.schedule(() -> handle(event), delay.toNanos(), TimeUnit.NANOSECONDS));
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
      try {
        if (!follower.on(event)) {
          thread.shutdownNow();
          ended.complete(null);
        }
      } catch (RuntimeException defect) {
        LOG.error("{} could not be handled", event.getClass().getSimpleName(), defect);
      }
    }
  }
}
