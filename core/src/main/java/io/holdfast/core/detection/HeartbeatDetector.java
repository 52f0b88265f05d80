package io.holdfast.core.detection;

import java.time.Duration;
import java.util.Optional;

/**
 * Whether an agent's heartbeats arrive. Doubts itself first: a pause of this process, seen as a gap
 * between its own checks, is not held against the agent.
 *
 * <p>All times are readings of one monotonic clock in nanoseconds.
 */
public final class HeartbeatDetector {

  /** A silence that is as improbable as one in a hundred million. */
  private static final double SUSPICIOUS = 8;

  /** However slow the link has been: what comes this late is of no use. */
  private static final Duration LONGEST_TRUST = Duration.ofSeconds(5);

  /** A silence this long ends the session. */
  public static final Duration GONE_AFTER = Duration.ofSeconds(6);

  private static final Duration LONGEST_GAP = Duration.ofSeconds(1);

  /** What a check finds. */
  public enum Finding {
    FINE,
    /** Said once, when it begins. */
    SILENT,
    GONE
  }

  private final PhiAccrual phi;
  private long countedFrom;
  private long lastCheck;
  private boolean beaten;
  private boolean watching;
  private boolean silent;

  /**
   * A detector that is not watching yet.
   *
   * @param interval at which heartbeats are to come
   */
  public HeartbeatDetector(Duration interval, long now) {
    this.phi = new PhiAccrual(interval);
    this.countedFrom = now;
    this.lastCheck = now;
  }

  /** Heartbeats are expected from now on. */
  public void began(long now) {
    watching = true;
    countedFrom = now;
  }

  /** The agent was told to beat this often. */
  public void paced(Duration interval) {
    phi.agree(interval);
  }

  /** A heartbeat arrived; true when it ends a silence. */
  public boolean beat(long now) {
    if (beaten) {
      phi.took(since(now));
    }
    boolean back = silent;
    silent = false;
    beaten = true;
    countedFrom = now;
    return back;
  }

  /** To be called several times within the interval of heartbeats. */
  public Finding check(long now) {
    if (now - lastCheck > LONGEST_GAP.toNanos()) {
      countedFrom += now - lastCheck;
    }
    lastCheck = now;
    Duration silence = since(now);
    if (!watching || !isSuspicious(silence)) {
      return Finding.FINE;
    }
    if (silence.compareTo(GONE_AFTER) >= 0) {
      return Finding.GONE;
    }
    boolean begins = !silent;
    silent = true;
    return begins ? Finding.SILENT : Finding.FINE;
  }

  /** Whether the silence has been told of and has not ended. */
  public boolean isSilent() {
    return silent;
  }

  private boolean isSuspicious(Duration silence) {
    return silence.compareTo(LONGEST_TRUST) >= 0 || phi.phi(silence) >= SUSPICIOUS;
  }

  /** Since the last heartbeat, without pauses of this process; empty before the first. */
  public Optional<Duration> silence(long now) {
    return beaten ? Optional.of(since(now)) : Optional.empty();
  }

  private Duration since(long now) {
    return Duration.ofNanos(Math.max(0, now - countedFrom));
  }
}
