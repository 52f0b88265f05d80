package io.holdfast.supervisor.node;

import java.util.Locale;

/** How a node is. */
public enum NodeCondition {
  READY,
  /** Its agent is away or silent; its instances may well live, and are left alone. */
  SUSPECT,
  /** Nothing has come from it for long: condemned, and all that was on it is replaced. */
  LOST;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
