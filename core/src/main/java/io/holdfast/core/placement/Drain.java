package io.holdfast.core.placement;

import java.time.Instant;

/**
 * An operator's order to empty a node, in force until it is taken back.
 *
 * @param done nothing was left on the node at some time after it
 */
public record Drain(Instant ordered, boolean done) {

  public static Drain ordered(Instant at) {
    return new Drain(at, false);
  }

  public Drain finished() {
    return new Drain(ordered, true);
  }
}
