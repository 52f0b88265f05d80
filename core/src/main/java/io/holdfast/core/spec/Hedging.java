package io.holdfast.core.spec;

import java.time.Duration;

/**
 * When a request that may be carried out twice is sent to a second instance although the first may
 * still answer; the earlier answer is taken. Each is paid for like a retry.
 */
public sealed interface Hedging {

  record Off() implements Hedging {}

  /** Once it has taken longer than nearly all requests of the service of late. */
  record Learned() implements Hedging {}

  record After(Duration delay) implements Hedging {
    public After {
      Check.positive("hedge", delay);
    }
  }
}
