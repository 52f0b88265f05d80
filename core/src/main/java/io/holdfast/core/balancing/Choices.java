package io.holdfast.core.balancing;

import io.holdfast.core.InstanceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The candidates of one service as pickers see them: those that are well, and the suspects for when
 * none of them is left. Draining ones are not among them.
 */
public final class Choices<C extends Candidate> {

  // Each is wrapped once, here, so that a pick allocates nothing.
  private final List<Optional<C>> well;
  private final List<Optional<C>> suspect;

  private Choices(List<Optional<C>> well, List<Optional<C>> suspect) {
    this.well = List.copyOf(well);
    this.suspect = List.copyOf(suspect);
  }

  public static <C extends Candidate> Choices<C> of(Iterable<C> candidates) {
    List<Optional<C>> well = new ArrayList<>();
    List<Optional<C>> suspect = new ArrayList<>();
    for (C candidate : candidates) {
      switch (candidate.state()) {
        case OK -> well.add(Optional.of(candidate));
        case SUSPECT -> suspect.add(Optional.of(candidate));
        case DRAINING -> {
          // It finishes what it has and is never picked.
        }
      }
    }
    return new Choices<>(well, suspect);
  }

  /** Whether a pick would find one. */
  public boolean any(Set<InstanceId> avoid) {
    return eligible(well, avoid) > 0 || eligible(suspect, avoid) > 0;
  }

  /** One that is not to be avoided; a suspect only when no other is left. */
  public Optional<C> pick(Picker picker, Set<InstanceId> avoid, Chance chance, long nowNanos) {
    int healthy = eligible(well, avoid);
    if (healthy > 0) {
      return among(well, healthy, avoid, picker, chance, nowNanos);
    }
    int doubtful = eligible(suspect, avoid);
    return doubtful == 0
        ? Optional.empty()
        : among(suspect, doubtful, avoid, picker, chance, nowNanos);
  }

  private Optional<C> among(
      List<Optional<C>> group,
      int eligible,
      Set<InstanceId> avoid,
      Picker picker,
      Chance chance,
      long nowNanos) {
    return switch (picker) {
      case AtRandom() -> ranked(group, avoid, chance.below(eligible));
      case RoundRobin() -> ranked(group, avoid, Math.floorMod(chance.turn(), eligible));
      case PowerOfTwo(Load load) -> {
        Optional<C> first = ranked(group, avoid, chance.below(eligible));
        if (eligible == 1) {
          yield first;
        }
        Optional<C> second = other(group, eligible, avoid, first, chance);
        yield load.of(second.orElseThrow(), nowNanos) < load.of(first.orElseThrow(), nowNanos)
            ? second
            : first;
      }
    };
  }

  /** Any but {@code first}, each as likely: a draw that hits it stands for the last one. */
  private Optional<C> other(
      List<Optional<C>> group,
      int eligible,
      Set<InstanceId> avoid,
      Optional<C> first,
      Chance chance) {
    Optional<C> drawn = ranked(group, avoid, chance.below(eligible - 1));
    return drawn.equals(first) ? ranked(group, avoid, eligible - 1) : drawn;
  }

  private static <C extends Candidate> int eligible(
      List<Optional<C>> group, Set<InstanceId> avoid) {
    if (avoid.isEmpty()) {
      return group.size();
    }
    int count = 0;
    for (int i = 0; i < group.size(); i++) {
      if (mayUse(group.get(i), avoid)) {
        count++;
      }
    }
    return count;
  }

  private static <C extends Candidate> Optional<C> ranked(
      List<Optional<C>> group, Set<InstanceId> avoid, int rank) {
    if (avoid.isEmpty()) {
      return group.get(rank);
    }
    int left = rank;
    for (int i = 0; i < group.size(); i++) {
      if (mayUse(group.get(i), avoid) && left-- == 0) {
        return group.get(i);
      }
    }
    return Optional.empty();
  }

  private static <C extends Candidate> boolean mayUse(Optional<C> one, Set<InstanceId> avoid) {
    return !avoid.contains(one.orElseThrow().instance());
  }
}
