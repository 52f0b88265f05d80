package io.holdfast.cli.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One fault and what became of it. Durations count from the injection.
 *
 * @param number from 1
 * @param what such as {@code KILL web/1#4}
 * @param at when it was injected, on the demo's clock
 * @param detected when the agent had recorded the exit
 * @param isolated when the routing view no longer held the instance
 * @param repaired when as many as asked for were ready again, a new one among them
 * @param failed requests that failed from the injection to the repair
 */
record Fault(
    int number,
    String what,
    Instant at,
    Optional<Duration> detected,
    Optional<Duration> isolated,
    Optional<Duration> repaired,
    long failed) {

  boolean isRepaired() {
    return repaired.isPresent();
  }
}
