package io.holdfast.supervisor.node;

import java.util.Locale;

/** How a node is. Neither of the last two touches its instances: they may well be alive. */
public enum NodeCondition {
  READY,
  /** Its agent is away or silent. */
  SUSPECT,
  /** Its agent has been away for long. */
  LOST;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
