package io.holdfast.agent.process;

import io.holdfast.core.instance.ExitStatus;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees processes end by looking at them, learns how from the shim's record, and kills what is left.
 * The end of one whose shim is a child of this agent is told by that at once.
 */
final class PortableWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PortableWatch.class);

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
  private static final Duration BETWEEN_NOTES = Duration.ofSeconds(1);
  private static final Duration BETWEEN_ROUNDS = Duration.ofMillis(5);

  /** How long a shim may take to write its record; it needs about a millisecond. */
  private static final Duration RECORD = Duration.ofMillis(500);

  /** Even a process with much memory, or with a core to write, has ended by then. */
  private static final Duration MOST = Duration.ofSeconds(10);

  /** For those that have ended just before the agent does. */
  private static final Duration AT_MOST = Duration.ofSeconds(2);

  private static final int HANDS = 4;

  private final Census census;
  private final Clock clock;
  private final AtomicBoolean looking = new AtomicBoolean();
  private final Set<PortableProcess> watched = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService eyes =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("holdfast-watch").factory());
  private final ExecutorService hands =
      Executors.newFixedThreadPool(
          HANDS, Thread.ofPlatform().daemon().name("holdfast-undertaker-", 0).factory());

  private PortableWatch(Census census, Clock clock) {
    this.census = census;
    this.clock = clock;
  }

  static PortableWatch start(Census census, Clock clock) {
    return new PortableWatch(census, clock);
  }

  void watch(PortableProcess process) {
    watched.add(process);
    if (looking.compareAndSet(false, true)) {
      beginToLook();
    }
    if (process.shim().isPresent()) {
      var _ = process.shim().get().onExit().thenAccept(_ -> look(process));
    }
  }

  /** Kills, without waiting for it, all that bears the mark of a launch. */
  void clear(Path record) {
    hand(() -> sweep(() -> census.marked(record)));
  }

  @Override
  public void close() {
    eyes.shutdownNow();
    hands.shutdown();
    try {
      if (!hands.awaitTermination(AT_MOST.toNanos(), TimeUnit.NANOSECONDS)) {
        LOG.warn("Some ended processes were not looked after in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void beginToLook() {
    every(BETWEEN_LOOKS, () -> watched.forEach(this::look));
    if (!census.seesMarks()) {
      every(BETWEEN_NOTES, () -> watched.forEach(PortableProcess::remember));
    }
  }

  private void every(Duration pause, Runnable step) {
    var _ =
        eyes.scheduleWithFixedDelay(
            guarded(step), pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void look(PortableProcess process) {
    // Who takes it out sees to it; the other one has come second.
    if (!process.isAlive() && watched.remove(process)) {
      hand(() -> bury(process));
    }
  }

  private void hand(Runnable task) {
    try {
      hands.execute(guarded(task));
    } catch (RejectedExecutionException e) {
      LOG.debug("A process ended together with the agent");
    }
  }

  private void bury(PortableProcess process) {
    process.died(learned(process));
    try {
      sweep(() -> left(process));
    } finally {
      process.isGone();
    }
  }

  private Death learned(PortableProcess process) {
    Traces traces = process.traces();
    await(RECORD, () -> traces.death().isPresent());
    return traces.death().orElseGet(() -> new Death(new ExitStatus.Unknown(), clock.instant()));
  }

  private List<ProcessHandle> left(PortableProcess process) {
    return Stream.concat(
            census.marked(process.traces().directory()).stream(), process.remembered().stream())
        .toList();
  }

  private static void sweep(Supplier<List<ProcessHandle>> left) {
    if (!await(MOST, () -> killed(left.get()))) {
      LOG.warn("Some of what a service has left behind does not end even when killed");
    }
  }

  /** True when there was nothing to kill. */
  private static boolean killed(List<ProcessHandle> left) {
    left.forEach(ProcessHandle::destroyForcibly);
    return left.isEmpty();
  }

  private static Runnable guarded(Runnable step) {
    return () -> {
      try {
        step.run();
      } catch (RuntimeException e) {
        // One process that cannot be handled must not blind the agent for all others.
        LOG.error("A process could not be handled", e);
      }
    };
  }

  private static boolean await(Duration atMost, Supplier<Boolean> condition) {
    long end = System.nanoTime() + atMost.toNanos();
    while (!condition.get()) {
      if (System.nanoTime() > end) {
        return false;
      }
      LockSupport.parkNanos(BETWEEN_ROUNDS.toNanos());
    }
    return true;
  }
}
