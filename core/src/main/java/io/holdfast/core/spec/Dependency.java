package io.holdfast.core.spec;

import io.holdfast.core.ServiceName;

/**
 * A service that must have come this far before instances of the dependent are launched.
 *
 * @param onRestart what the dependent does when an instance of the service has been replaced
 */
public record Dependency(ServiceName service, Condition condition, OnRestart onRestart) {

  public enum OnRestart {
    /** Nothing: it connects again by itself. */
    NONE,
    /** Its instances are replaced as well, once the service is as far as the condition wants. */
    RESTART
  }

  public enum Condition {
    /** Every active instance is running. */
    STARTED,
    /** Every active instance is ready. */
    READY,
    /** Every instance has ended well. */
    COMPLETED
  }
}
