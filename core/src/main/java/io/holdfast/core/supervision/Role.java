package io.holdfast.core.supervision;

/** What a slot is for. Promotion swaps the roles of two slots; processes are not touched. */
public enum Role {
  ACTIVE,
  /** Started and ready, without traffic until promoted. */
  STANDBY
}
