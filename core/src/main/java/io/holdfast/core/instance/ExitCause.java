package io.holdfast.core.instance;

/** Why a process ended. */
public enum ExitCause {
  /** It ended by itself, or somebody outside Holdfast ended it. */
  SELF,
  /** It could not be launched. */
  LAUNCH,
  /** It was killed because it did not become ready in time. */
  START_DEADLINE,
  /** It was killed because its liveness probe failed. */
  LIVENESS,
  /** The supervisor ended it, because what its requests showed exceeded the thresholds. */
  THRESHOLDS,
  /** Its host was started anew, or is gone for longer than the instance's lease. */
  NODE_LOST,
  /** It is exclusive, and its guard ended it because its agent had lost touch for the lease. */
  LEASE,
  /** The supervisor asked for it: restart, scaling, rollout, deletion. */
  REQUESTED,
  /** The agent was told to end together with its services. */
  SHUTDOWN
}
