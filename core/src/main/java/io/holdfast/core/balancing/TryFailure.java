package io.holdfast.core.balancing;

/** How one try of a request ended without an answer that is to be passed on. */
public enum TryFailure {
  /** No connection; nothing was sent. */
  CONNECT,
  /** The connection ended, or spoke nonsense, before a byte of the response was passed on. */
  RESET,
  /** The endpoint left the view before a byte of the response was passed on. */
  GONE,
  /** The try's own time was over. */
  TIMEOUT,
  /** The response was 500, 502, 503 or 504. */
  ERROR_RESPONSE
}
