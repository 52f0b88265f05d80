package io.holdfast.core.supervision;

/** Why an instance was launched. Only {@link #FAILURE} counts as a restart. */
public enum LaunchCause {
  /** The slot is wanted and was empty. */
  WANTED,
  /** The instance before it failed. */
  FAILURE,
  /** A rollout replaces the instance before it. */
  ROLLOUT
}
