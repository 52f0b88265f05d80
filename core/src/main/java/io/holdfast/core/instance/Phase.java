package io.holdfast.core.instance;

/** How far an instance has come, as its agent tells the supervisor. */
public enum Phase {
  /** Launched; not ready yet. */
  STARTING,
  /** Takes traffic. */
  READY,
  /** Was ready, and its readiness probe fails now. */
  UNREADY,
  /** Told to end. */
  STOPPING,
  /** Gone for good. */
  EXITED
}
