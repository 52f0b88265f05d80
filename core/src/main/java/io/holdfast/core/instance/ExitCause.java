package io.holdfast.core.instance;

/** Why a process ended. Only the first four are failures. */
public enum ExitCause {
  /** It ended by itself, or somebody outside Holdfast ended it. */
  SELF,
  /** It could not be launched. */
  LAUNCH,
  /** It was killed because it did not become ready in time. */
  START_DEADLINE,
  /** It was killed because its liveness probe failed. */
  LIVENESS,
  /** The supervisor asked for it: restart, scaling, rollout, deletion. */
  REQUESTED,
  /** The agent was told to end together with its services. */
  SHUTDOWN
}
