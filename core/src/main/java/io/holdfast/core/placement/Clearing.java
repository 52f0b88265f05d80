package io.holdfast.core.placement;

import io.holdfast.core.Decision;
import io.holdfast.core.InstanceId;
import io.holdfast.core.ServiceName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * How far a node that is being drained has been cleared, from one look at it to the next. It is
 * found empty when nothing was there for a while, as a place may be given up a moment before its
 * instance is known to be launched; and somebody is to look where it takes long.
 *
 * @param looked when it was looked at last
 * @param emptySince since when nothing has been there, as far as that counts
 */
public record Clearing(Instant looked, Instant trustedFrom, Optional<Instant> emptySince) {

  static final Duration QUIET = Duration.ofSeconds(3);
  static final Duration LONG = Duration.ofMinutes(5);

  private static final int MOST_NAMED = 8;

  /**
   * What is there.
   *
   * @param alive instances, if the node's agent can say so
   * @param places services that have a place there
   * @param lost the node is given up, and what was there is replaced
   */
  public record Look(
      Instant now,
      Optional<SortedSet<InstanceId>> alive,
      SortedSet<ServiceName> places,
      boolean lost) {

    boolean isEmpty() {
      return alive.filter(some -> some.isEmpty()).isPresent() && places.isEmpty();
    }

    /** Nothing of which anybody could say that it is still there. */
    private boolean showsNothing() {
      return alive.filter(some -> !some.isEmpty()).isEmpty() && places.isEmpty();
    }
  }

  public sealed interface Effect {

    /** Put on record that nothing is left. */
    record Finish() implements Effect {}

    /** Somebody should look at the node. */
    record Alarm(String why) implements Effect {}
  }

  /**
   * Before the first look.
   *
   * @param trustedFrom before that services may not have said yet what they have there
   */
  public static Clearing begun(Instant now, Instant trustedFrom) {
    return new Clearing(now, trustedFrom, Optional.empty());
  }

  /** A {@link Effect.Finish} is repeated until the drain is on record as done. */
  public static Decision<Clearing, Effect> decide(Clearing before, Drain drain, Look look) {
    Optional<Instant> empty =
        look.isEmpty() && !look.now().isBefore(before.trustedFrom())
            ? before.emptySince().or(() -> Optional.of(look.now()))
            : Optional.empty();
    List<Effect> effects = new ArrayList<>();
    if (!drain.done() && empty.filter(since -> isOver(since, QUIET, look.now())).isPresent()) {
      effects.add(new Effect.Finish());
    }
    long periods = periods(drain, look.now());
    if (periods > periods(drain, before.looked()) && isStuck(drain, look)) {
      effects.add(new Effect.Alarm(why(periods, look)));
    }
    return new Decision<>(new Clearing(look.now(), before.trustedFrom(), empty), effects);
  }

  private static boolean isOver(Instant since, Duration length, Instant now) {
    return !since.plus(length).isAfter(now);
  }

  /** So that there is one alarm in each, however often whoever looks has begun anew. */
  private static long periods(Drain drain, Instant moment) {
    return Duration.between(drain.ordered(), moment).dividedBy(LONG);
  }

  private static boolean isStuck(Drain drain, Look look) {
    return !look.isEmpty() && !(look.showsNothing() && (drain.done() || look.lost()));
  }

  private static String why(long periods, Look look) {
    return "its drain was ordered %d minutes ago, and %s"
        .formatted(periods * LONG.toMinutes(), left(look));
  }

  private static String left(Look look) {
    List<String> there = new ArrayList<>();
    SortedSet<ServiceName> places = new TreeSet<>(look.places());
    for (InstanceId instance : look.alive().orElseGet(TreeSet::new)) {
      there.add(instance.toString());
      places.remove(instance.service());
    }
    places.forEach(service -> there.add("a place of " + service));
    return there.isEmpty()
        ? "its agent is not heard, so nobody knows what is left there"
        : "still there: " + named(there);
  }

  private static String named(List<String> there) {
    String first = String.join(", ", there.subList(0, Math.min(MOST_NAMED, there.size())));
    int more = there.size() - MOST_NAMED;
    return more > 0 ? first + " and " + more + " more" : first;
  }
}
