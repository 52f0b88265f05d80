package io.holdfast.supervisor.node;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Whether an agent's heartbeats arrive. Doubts itself first: a pause of this process, seen as a gap
 * between its own checks, is not held against the agent.
 */
final class Liveness {

  /** A silence begins when so many heartbeats in a row should have come. */
  private static final int MISSED = 3;

  private static final Duration USUAL_INTERVAL = Duration.ofMillis(500);
  static final Duration GONE_AFTER = Duration.ofSeconds(6);
  private static final long LONGEST_GAP = Duration.ofSeconds(1).toNanos();

  enum Finding {
    FINE,
    /** Said once, when it begins. */
    SILENT,
    GONE
  }

  private final LongSupplier ticker;
  private long countedFrom;
  private long lastCheck;
  private boolean beaten;
  private boolean watching;
  private boolean silent;
  private long silentAfter = silentAfter(USUAL_INTERVAL);

  Liveness(LongSupplier ticker) {
    this.ticker = ticker;
    this.countedFrom = ticker.getAsLong();
    this.lastCheck = countedFrom;
  }

  /** Heartbeats are expected from now on. */
  void began() {
    watching = true;
    countedFrom = ticker.getAsLong();
  }

  /** The agent was told to beat this often. */
  void paced(Duration interval) {
    silentAfter = silentAfter(interval);
  }

  private static long silentAfter(Duration interval) {
    return interval.multipliedBy(MISSED).toNanos();
  }

  /** A heartbeat arrived; true when it ends a silence. */
  boolean beat() {
    boolean back = silent;
    silent = false;
    beaten = true;
    countedFrom = ticker.getAsLong();
    return back;
  }

  Finding check() {
    long now = ticker.getAsLong();
    if (now - lastCheck > LONGEST_GAP) {
      countedFrom += now - lastCheck;
    }
    lastCheck = now;
    long silence = now - countedFrom;
    if (!watching || silence < silentAfter) {
      return Finding.FINE;
    }
    if (silence >= GONE_AFTER.toNanos()) {
      return Finding.GONE;
    }
    boolean begins = !silent;
    silent = true;
    return begins ? Finding.SILENT : Finding.FINE;
  }

  /** Since the last heartbeat; empty before the first. */
  Optional<Duration> silence() {
    return beaten
        ? Optional.of(Duration.ofNanos(Math.max(0, ticker.getAsLong() - countedFrom)))
        : Optional.empty();
  }
}
