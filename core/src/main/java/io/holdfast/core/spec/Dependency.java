package io.holdfast.core.spec;

import io.holdfast.core.ServiceName;

/** A service that must have come this far before instances of the dependent are launched. */
public record Dependency(ServiceName service, Condition condition) {

  public enum Condition {
    /** Every active instance is running. */
    STARTED,
    /** Every active instance is ready. */
    READY,
    /** Every instance has ended well. */
    COMPLETED
  }
}
