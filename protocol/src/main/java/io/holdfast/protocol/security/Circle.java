package io.holdfast.protocol.security;

/** Whose certificates are accepted. */
public enum Circle {
  /** Everybody's to whom the CA has given one. */
  AUTHORITY,

  /**
   * Of those only who bears the same subject as this process: supervisors among themselves. What an
   * agent or a gateway was given is not enough there.
   */
  SUBJECT
}
