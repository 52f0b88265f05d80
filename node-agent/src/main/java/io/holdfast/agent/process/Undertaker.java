package io.holdfast.agent.process;

import io.holdfast.agent.process.Sessions.Remains;
import io.holdfast.core.instance.ExitStatus;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after processes that have ended: learns how from the shim's record when the kernel does not
 * say, has what it has left behind killed, and reaps the shim.
 */
final class Undertaker implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Undertaker.class);

  /** How long a shim may take to write its record; it needs about a millisecond. */
  private static final Duration RECORD = Duration.ofMillis(500);

  private static final int HANDS = 4;

  /** For those that have ended just before the agent does. */
  private static final Duration AT_MOST = Duration.ofSeconds(2);

  private final Sweeper sweeper;
  private final Clock clock;
  private final ExecutorService hands =
      Executors.newFixedThreadPool(
          HANDS, Thread.ofPlatform().daemon().name("holdfast-undertaker-", 0).factory());

  Undertaker(Sweeper sweeper, Clock clock) {
    this.sweeper = sweeper;
    this.clock = clock;
  }

  /** Takes over an ended process; {@code close} is run when nobody needs its handles any more. */
  void bury(NativeProcess process, Runnable close) {
    try {
      hands.execute(() -> bury(process, Sessions.ticks() + 1, close));
    } catch (RejectedExecutionException e) {
      LOG.debug("Process {} ended together with the agent", process.pid());
    }
  }

  @Override
  public void close() {
    hands.shutdown();
    try {
      if (!hands.awaitTermination(AT_MOST.toNanos(), TimeUnit.NANOSECONDS)) {
        LOG.warn("Some ended processes were not looked after in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void bury(NativeProcess process, long endTicks, Runnable close) {
    learn(process);
    Optional<Remains> remains =
        process.traces().isAtLarge() ? Optional.of(remains(process, endTicks)) : Optional.empty();
    sweeper.sweep(process.traces().cgroup(), remains, () -> finish(process, close));
  }

  private void learn(NativeProcess process) {
    process.shim().ifPresent(shim -> shim.awaitEnd(RECORD));
    Optional<Death> known = told(process).or(() -> process.traces().death());
    if (known.isEmpty()) {
      // The shim is gone without a word: the kernel tells once some other parent has reaped.
      process.process().awaitReaped(RECORD);
    }
    process.died(
        known
            .or(() -> told(process))
            .orElseGet(() -> new Death(new ExitStatus.Unknown(), clock.instant())));
  }

  private Optional<Death> told(NativeProcess process) {
    return process
        .process()
        .exitInfo()
        .map(status -> new Death(process.traces().explained(status), clock.instant()));
  }

  private static Remains remains(NativeProcess process, long endTicks) {
    long session = process.identity().session();
    // An unreaped child keeps its number. What other parents reap may be gone at any time.
    boolean leader = process.shim().isPresent() && ProcStat.read(session).isPresent();
    return new Remains(
        session,
        process.shim().isPresent() ? OptionalLong.of(session) : OptionalLong.empty(),
        leader && process.isChild(),
        endTicks,
        Optional.of(new Mark(process.traces().directory(), process.identity().startTicks())));
  }

  private static void finish(NativeProcess process, Runnable close) {
    process
        .shim()
        .ifPresent(
            shim -> {
              if (!shim.awaitEnd(Duration.ZERO)) {
                shim.signal(Signals.KILL);
                shim.awaitEnd(RECORD);
              }
              shim.reap();
            });
    close.run();
    process.isGone();
  }
}
