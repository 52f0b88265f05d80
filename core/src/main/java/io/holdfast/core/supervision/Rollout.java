package io.holdfast.core.supervision;

import io.holdfast.core.instance.Exit;
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
 * @param from the version that worked before, to which the service can go back
 * @param done the slots that have had their turn, once there is one
 */
public record Rollout(
    long version,
    SortedSet<Integer> waiting,
    Optional<Turn> turn,
    Optional<Long> from,
    Optional<Done> done) {

  public Rollout {
    waiting = Collections.unmodifiableSortedSet(new TreeSet<>(waiting));
  }

  /**
   * Slots that have had their turn.
   *
   * @param since when the last of them had
   */
  public record Done(SortedSet<Integer> slots, Instant since) {
    public Done {
      slots = Collections.unmodifiableSortedSet(new TreeSet<>(slots));
    }
  }

  /** The slot being worked on. */
  public sealed interface Turn {

    int slot();

    /** Or when its new instance was launched: to wait for a place is not the version's fault. */
    Instant began();
  }

  /** A new instance comes up beside the old one, which stays until the new one is well. */
  public record Surge(int slot, Newcomer newcomer, Instant began) implements Turn {

    Surge with(Newcomer next) {
      return new Surge(slot, next, began);
    }

    Surge launched(Tenant tenant, Instant at) {
      return new Surge(slot, new Newcomer.Launched(tenant), at);
    }

    Optional<Tenant> incoming() {
      return newcomer instanceof Newcomer.Launched(var tenant)
          ? Optional.of(tenant)
          : Optional.empty();
    }
  }

  /** How far a surge is with its new instance. */
  public sealed interface Newcomer {

    /** Not launched yet. */
    record Wanted() implements Newcomer {}

    record Launched(Tenant tenant) implements Newcomer {}

    /** It left before it could take the slot; {@code exit} when it ended by itself. */
    record Lost(Optional<Exit> exit) implements Newcomer {}
  }

  /** The old instance ends first, because both cannot live side by side. */
  public record StopFirst(int slot, Instant began) implements Turn {}

  static Rollout began(ServiceEvent.RolloutBegan event, Optional<Long> from) {
    return new Rollout(event.version(), event.slots(), Optional.empty(), from, Optional.empty());
  }

  Rollout with(Turn next) {
    return new Rollout(version, without(waiting, next.slot()), Optional.of(next), from, done);
  }

  Rollout atVersion(long next) {
    return new Rollout(next, waiting, turn, from, done);
  }

  Rollout waitedFor(int slot) {
    SortedSet<Integer> more = new TreeSet<>(waiting);
    more.add(slot);
    return new Rollout(version, more, turn, from, done);
  }

  Rollout turnEnded(int slot, Instant at) {
    SortedSet<Integer> all = new TreeSet<>(doneSlots());
    all.add(slot);
    return new Rollout(version, waiting, Optional.empty(), from, Optional.of(new Done(all, at)));
  }

  Rollout without(int slot) {
    return new Rollout(
        version,
        without(waiting, slot),
        turn.filter(current -> current.slot() != slot),
        from,
        done.map(had -> new Done(without(had.slots(), slot), had.since())));
  }

  /** Where the old instance had to end first. */
  Rollout launched(int slot, Instant at) {
    return turn.orElse(null) instanceof StopFirst stopFirst && stopFirst.slot() == slot
        ? with(new StopFirst(slot, at))
        : this;
  }

  SortedSet<Integer> doneSlots() {
    return done.map(Done::slots).orElseGet(Collections::emptySortedSet);
  }

  Optional<Tenant> incoming() {
    return turn.flatMap(
        current -> current instanceof Surge surge ? surge.incoming() : Optional.empty());
  }

  private static SortedSet<Integer> without(SortedSet<Integer> slots, int slot) {
    SortedSet<Integer> rest = new TreeSet<>(slots);
    rest.remove(slot);
    return rest;
  }
}
