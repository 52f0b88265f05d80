package io.holdfast.core.instance;

/** What a probe decides. They begin in this order, each once the one before has passed. */
public enum ProbeKind {
  /** The process has come up. */
  STARTUP,
  /** The instance can take traffic. */
  READINESS,
  /** The process is not hung; from the first time the instance is ready. */
  LIVENESS
}
