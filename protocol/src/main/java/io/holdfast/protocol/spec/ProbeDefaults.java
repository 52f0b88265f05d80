package io.holdfast.protocol.spec;

import java.time.Duration;

/**
 * What a probe does when nothing else is written.
 *
 * @param hasDeadline true for the startup probe, which also limits how long starting may take
 */
record ProbeDefaults(
    Duration interval, Duration timeout, int failures, int successes, boolean hasDeadline) {

  static final String DEADLINE = "deadline";

  static final ProbeDefaults STARTUP =
      new ProbeDefaults(Duration.ofMillis(200), Duration.ofSeconds(1), 1, 1, true);
  static final ProbeDefaults READINESS =
      new ProbeDefaults(Duration.ofSeconds(1), Duration.ofMillis(500), 2, 1, false);
  static final ProbeDefaults LIVENESS =
      new ProbeDefaults(Duration.ofSeconds(1), Duration.ofMillis(500), 3, 1, false);

  /** A silence is as long as it was allowed to be: nothing more is waited for. */
  ProbeDefaults ofWatchdog() {
    return new ProbeDefaults(interval, timeout, 1, successes, hasDeadline);
  }
}
