package io.holdfast.core.supervision;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Children of a group going down in the reverse order and coming up in order, one after the other.
 *
 * @param why in plain words
 * @param toHalt those still to go down, the present one first
 * @param toBegin those still to come up, the present one first once nothing is left to halt
 * @param since the present one is being waited for
 */
public record Cascade(
    long order, String why, List<Child> toHalt, List<Child> toBegin, Instant since) {

  public Cascade {
    toHalt = List.copyOf(toHalt);
    toBegin = List.copyOf(toBegin);
  }

  boolean isHalting() {
    return !toHalt.isEmpty();
  }

  boolean isOver() {
    return toHalt.isEmpty() && toBegin.isEmpty();
  }

  /** The child that is waited for. */
  Optional<Child> present() {
    return isHalting() ? toHalt.stream().findFirst() : toBegin.stream().findFirst();
  }

  /** True for a child whose turn to come up is still ahead: its news are from before. */
  boolean willRestart(Child child) {
    return toHalt.contains(child)
        || (toBegin.contains(child) && !present().equals(Optional.of(child)));
  }

  Cascade stepped(Instant at) {
    return isHalting()
        ? new Cascade(order, why, rest(toHalt), toBegin, at)
        : new Cascade(order, why, toHalt, rest(toBegin), at);
  }

  private static List<Child> rest(List<Child> children) {
    return new ArrayList<>(children.subList(1, children.size()));
  }
}
