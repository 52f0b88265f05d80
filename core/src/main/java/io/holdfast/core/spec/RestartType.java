package io.holdfast.core.spec;

/** Which exits are failures, with OTP's meanings. */
public enum RestartType {
  /** Always restarted. */
  PERMANENT,
  /** Restarted unless it exits with code 0. */
  TRANSIENT,
  /** Never restarted. */
  TEMPORARY
}
