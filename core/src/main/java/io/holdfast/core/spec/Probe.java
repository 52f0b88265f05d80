package io.holdfast.core.spec;

import java.time.Duration;

/**
 * A check and its rhythm; that of a watchdog is its service's own.
 *
 * @param failures misses in a row before the answer turns bad, 1 to 100
 * @param successes passes in a row before the answer turns good, 1 to 100
 */
public record Probe(
    ProbeCheck check, Duration interval, Duration timeout, int failures, int successes) {

  public Probe {
    if (check instanceof ProbeCheck.Watchdog(Duration silence)) {
      interval = silence;
      timeout = silence;
    }
    Check.positive("interval", interval);
    Check.positive("timeout", timeout);
    Check.range("failures", failures, 1, 100);
    Check.range("successes", successes, 1, 100);
  }
}
