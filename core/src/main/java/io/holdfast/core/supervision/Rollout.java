package io.holdfast.core.supervision;

import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A replacement of instances that is under way, one slot at a time.
 *
 * @param version that the slots will run
 * @param waiting slots whose turn is still to come
 */
public record Rollout(long version, SortedSet<Integer> waiting, Optional<Turn> turn) {

  public Rollout {
    waiting = Collections.unmodifiableSortedSet(new TreeSet<>(waiting));
  }

  /** The slot being worked on. */
  public sealed interface Turn {

    int slot();

    Instant began();
  }

  /** A new instance comes up beside the old one, which stays until the new one is well. */
  public record Surge(int slot, Newcomer newcomer, Instant began) implements Turn {}

  /** How far a surge is with its new instance. */
  public sealed interface Newcomer {

    /** Not launched yet. */
    record Wanted() implements Newcomer {}

    record Launched(Tenant tenant) implements Newcomer {}

    /** It left before it could take the slot. */
    record Lost() implements Newcomer {}
  }

  /** The old instance ends first, because both cannot live side by side. */
  public record StopFirst(int slot, Instant began) implements Turn {}

  Rollout with(Turn next) {
    SortedSet<Integer> rest = new TreeSet<>(waiting);
    rest.remove(next.slot());
    return new Rollout(version, rest, Optional.of(next));
  }

  Rollout atVersion(long next) {
    return new Rollout(next, waiting, turn);
  }

  Rollout turnEnded() {
    return new Rollout(version, waiting, Optional.empty());
  }

  Rollout without(int slot) {
    SortedSet<Integer> rest = new TreeSet<>(waiting);
    rest.remove(slot);
    return new Rollout(version, rest, turn.filter(current -> current.slot() != slot));
  }

  Optional<Tenant> incoming() {
    return turn.flatMap(
        current ->
            current instanceof Surge(_, Newcomer.Launched(var tenant), _)
                ? Optional.of(tenant)
                : Optional.empty());
  }
}
