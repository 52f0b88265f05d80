package io.holdfast.core.balancing;

import io.holdfast.core.InstanceId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * The candidates of one service as pickers see them: those that are well, those for when none of
 * them is left, and those that have to prove themselves. Draining ones are not among them.
 */
public final class Choices<C extends Candidate> {

  private final Group<C> well;
  private final Group<C> suspect;
  private final Group<C> unreachable;
  private final Group<C> trials;

  private Choices(Group<C> well, Group<C> suspect, Group<C> unreachable, Group<C> trials) {
    this.well = well;
    this.suspect = suspect;
    this.unreachable = unreachable;
    this.trials = trials;
  }

  /** To pick from as {@code picker} does. */
  public static <C extends Candidate> Choices<C> of(Iterable<C> candidates, Picker picker) {
    return of(candidates, List.of(), picker);
  }

  /**
   * With {@code trials}, each of which gets one request of those that ask for it first; they are
   * among the candidates as well, under their rank.
   */
  public static <C extends Candidate> Choices<C> of(
      Iterable<C> candidates, List<C> trials, Picker picker) {
    return new Choices<>(
        ranked(candidates, Rank.WELL, picker),
        ranked(candidates, Rank.SUSPECT, picker),
        ranked(candidates, Rank.UNREACHABLE, picker),
        new Group<>(trials, picker));
  }

  /** Whether a pick would find one. */
  public boolean any(Set<InstanceId> avoid) {
    return anyWell(avoid) || suspect.eligible(avoid) > 0 || unreachable.eligible(avoid) > 0;
  }

  /** Whether there are some, and a pick finds none because all of them are full. */
  public boolean areFull(Set<InstanceId> avoid) {
    Group<C> group = best(avoid);
    return group.eligible(avoid) > 0 && group.areFull(avoid);
  }

  /** Whether a pick would find one that is well. */
  public boolean anyWell(Set<InstanceId> avoid) {
    return well.eligible(avoid) > 0;
  }

  /**
   * One that is not to be avoided; one that is not well only when no other is left. None also when
   * those that could be are full: what they cannot bear would only harm the others.
   */
  public Optional<C> pick(Wanted wanted, Chance chance, long nowNanos) {
    Optional<C> trial = trials.trial(wanted, nowNanos);
    if (trial.isPresent()) {
      return trial;
    }
    Group<C> group = best(wanted.avoid());
    int eligible = group.eligible(wanted.avoid());
    return eligible == 0 ? Optional.empty() : group.pick(eligible, wanted, chance, nowNanos);
  }

  /** The first that has any that is not to be avoided. */
  private Group<C> best(Set<InstanceId> avoid) {
    if (well.eligible(avoid) > 0) {
      return well;
    }
    return suspect.eligible(avoid) > 0 ? suspect : unreachable;
  }

  private static <C extends Candidate> Group<C> ranked(
      Iterable<C> candidates, Rank rank, Picker picker) {
    return new Group<>(
        StreamSupport.stream(candidates.spliterator(), false)
            .filter(candidate -> candidate.rank() == rank)
            .toList(),
        picker);
  }
}
