package io.holdfast.core.balancing;

/** What one try has shown of the endpoint it was made on. */
public enum Outcome {
  /** A response that is not the endpoint's own failure. */
  ANSWERED,
  /** A response that says it failed. */
  ERRED,
  /** None, because the connection ended. */
  FAILED,
  /** No connection. */
  REFUSED,
  /** None within the time that is usual. */
  TIMED_OUT
}
