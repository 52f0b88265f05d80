package io.holdfast.core.detection;

import java.util.Collection;
import java.util.Comparator;

/**
 * What came of connecting to an endpoint, in the order of what it proves: the first proves most.
 */
public enum Reach {
  /** Its process lives. */
  ACCEPTED,
  /** Nothing came back: the way there may be cut, or the host is dead. */
  SILENT,
  /** The host answers, and no process listens. */
  REFUSED;

  /** What several who tried have found together: refused only if it was by all of them. */
  public static Reach together(Collection<Reach> found) {
    return found.stream().min(Comparator.naturalOrder()).orElse(SILENT);
  }
}
