package io.holdfast.core.balancing;

/** How one balancer regards one endpoint because of what its own requests saw. */
public sealed interface Standing {

  /** It has never been taken out. */
  record Trusted() implements Standing {}

  /**
   * Taken out: used only when too little is left without it.
   *
   * @param times in a row, this one included
   */
  record Ejected(EjectionReason reason, int times, long untilNanos) implements Standing {}

  /** It may prove itself with one request. */
  record OnTrial(EjectionReason reason, int times, long sinceNanos) implements Standing {}

  /** It has proved itself, and gets its share bit by bit. */
  record Returned(int times, long sinceNanos) implements Standing {}
}
