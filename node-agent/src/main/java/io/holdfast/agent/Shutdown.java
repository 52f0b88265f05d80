package io.holdfast.agent;

import io.holdfast.agent.host.AgentLoop;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends all instances together with the agent, within a time. */
final class Shutdown {

  private static final Logger LOG = LoggerFactory.getLogger(Shutdown.class);

  /** From KILL to the last of a process being gone. */
  private static final Duration AFTER_KILL = Duration.ofSeconds(5);

  private final AgentLoop loop;
  private final InstanceHost host;
  private final CompletableFuture<Void> quiet = new CompletableFuture<>();
  private boolean begun;

  Shutdown(AgentLoop loop, InstanceHost host) {
    this.loop = loop;
    this.host = host;
  }

  /** Asks, waits, kills what is left; returns when nothing is, or when KILL does not help. */
  void run(Duration atMost) {
    loop.execute(this::begin);
    if (!await(quiet, atMost)) {
      loop.execute(host::killAll);
      if (!await(quiet, AFTER_KILL)) {
        LOG.warn("Some services do not end even when killed");
      }
    }
    CompletableFuture<Void> cleared = new CompletableFuture<>();
    loop.execute(() -> host.cleared().whenComplete((_, _) -> cleared.complete(null)));
    await(cleared, AFTER_KILL);
  }

  /** An instance has ended; on the loop. */
  void check() {
    if (begun && host.isQuiet()) {
      quiet.complete(null);
    }
  }

  private void begin() {
    begun = true;
    host.stopAll();
    check();
  }

  private static boolean await(CompletableFuture<Void> event, Duration atMost) {
    try {
      event.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      // Whoever is in such a hurry gets the rest without waiting.
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}
