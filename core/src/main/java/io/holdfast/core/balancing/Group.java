package io.holdfast.core.balancing;

import io.holdfast.core.InstanceId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Candidates of one rank, any of which may be picked. */
final class Group<C extends Candidate> {

  /** Until one that warms up is taken although it has had its share. */
  private static final int MOST_REDRAWS = 4;

  /** A far one is taken instead of a near one that has more than so many times its load. */
  private static final double FAR = 2;

  private static final int GRAINS = 1_000;
  private static final int MOST_OWNERS = 16;

  /** The lightest is taken once in a hundred rounds. */
  private static final int MOST_STRIDES = 10_000;

  // Each is wrapped once, here, so that a pick allocates nothing.
  private final List<Optional<C>> members;

  /** Which of them are in the zone of who asks; none unless there are others as well. */
  private final int[] near;

  private final Picker picker;
  private final Strides strides;
  private final Optional<MaglevTable> keys;

  Group(List<C> members, Picker picker) {
    this.members = members.stream().map(Optional::of).toList();
    this.near = near(members);
    this.picker = picker;
    this.strides = Strides.of(members);
    this.keys =
        picker instanceof Maglev && !members.isEmpty()
            ? Optional.of(MaglevTable.of(members))
            : Optional.empty();
  }

  int eligible(Set<InstanceId> avoid) {
    if (avoid.isEmpty()) {
      return members.size();
    }
    int count = 0;
    for (int i = 0; i < members.size(); i++) {
      if (mayUse(members.get(i), avoid)) {
        count++;
      }
    }
    return count;
  }

  boolean areFull(Set<InstanceId> avoid) {
    return members.stream()
        .filter(one -> mayUse(one, avoid))
        .allMatch(one -> one.orElseThrow().isFull());
  }

  /** One of the {@code eligible} ones, of which there is at least one; none when all are full. */
  Optional<C> pick(int eligible, Wanted wanted, Chance chance, long nowNanos) {
    Optional<C> picked = preferred(eligible, wanted, chance, nowNanos);
    return picked.orElseThrow().isFull() ? withRoom(eligible, wanted.avoid(), chance) : picked;
  }

  private Optional<C> preferred(int eligible, Wanted wanted, Chance chance, long nowNanos) {
    if (keys.isPresent()) {
      return owner(keys.get(), eligible, wanted, chance);
    }
    Optional<C> picked = draw(eligible, wanted.avoid(), chance, nowNanos);
    for (int i = 0; i < MOST_REDRAWS && isTooCold(picked, chance, nowNanos); i++) {
      picked = draw(eligible, wanted.avoid(), chance, nowNanos);
    }
    return picked;
  }

  /** The next one from any place on that is not full. */
  private Optional<C> withRoom(int eligible, Set<InstanceId> avoid, Chance chance) {
    int from = chance.below(eligible);
    for (int i = 0; i < eligible; i++) {
      Optional<C> one = ranked(avoid, (from + i) % eligible);
      if (!one.orElseThrow().isFull()) {
        return one;
      }
    }
    return Optional.empty();
  }

  /** The first that takes the request as its trial. */
  Optional<C> trial(Wanted wanted, long nowNanos) {
    for (int i = 0; i < members.size(); i++) {
      Optional<C> one = members.get(i);
      if (mayUse(one, wanted.avoid())
          && one.orElseThrow().claimTrial(wanted.repeatable(), nowNanos)) {
        return one;
      }
    }
    return Optional.empty();
  }

  private Optional<C> draw(int eligible, Set<InstanceId> avoid, Chance chance, long nowNanos) {
    return switch (picker) {
      case Weighted() -> inStride(eligible, avoid, chance);
      case AtRandom(), Maglev() -> ranked(avoid, chance.below(eligible));
      case RoundRobin() -> ranked(avoid, Math.floorMod(chance.turn(), eligible));
      case PowerOfTwo(Load load) -> {
        if (near.length > 0 && avoid.isEmpty()) {
          yield nearer(load, chance, nowNanos);
        }
        int first = chance.below(eligible);
        int second = other(eligible, first, chance);
        yield lighter(load, ranked(avoid, first), ranked(avoid, second), 1, nowNanos);
      }
    };
  }

  /**
   * A near one, unless another that was drawn has much less to do: what the zone cannot bear spills
   * over by itself. Those who retry have no preference.
   */
  private Optional<C> nearer(Load load, Chance chance, long nowNanos) {
    int first = near[chance.below(near.length)];
    Optional<C> second = members.get(other(members.size(), first, chance));
    double distance = second.orElseThrow().isNear() ? 1 : FAR;
    return lighter(load, members.get(first), second, distance, nowNanos);
  }

  private static <C extends Candidate> Optional<C> lighter(
      Load load, Optional<C> first, Optional<C> second, double distance, long nowNanos) {
    double farther = distance * load.of(second.orElseThrow(), nowNanos);
    return farther < load.of(first.orElseThrow(), nowNanos) ? second : first;
  }

  private static <C extends Candidate> int[] near(List<C> members) {
    int[] near = IntStream.range(0, members.size()).filter(i -> members.get(i).isNear()).toArray();
    return near.length == members.size() ? new int[0] : near;
  }

  /** The one that the key belongs to, or else one that it would belong to. */
  private Optional<C> owner(MaglevTable table, int eligible, Wanted wanted, Chance chance) {
    for (int attempt = 0; attempt < MOST_OWNERS; attempt++) {
      Optional<C> one = members.get(table.member(wanted.key(), attempt));
      if (mayUse(one, wanted.avoid())) {
        return one;
      }
    }
    return ranked(wanted.avoid(), chance.below(eligible));
  }

  private Optional<C> inStride(int eligible, Set<InstanceId> avoid, Chance chance) {
    for (int step = 0; step < MOST_STRIDES; step++) {
      int turn = chance.turn();
      Optional<C> one = members.get(Integer.remainderUnsigned(turn, members.size()));
      if (strides.takes(turn) && mayUse(one, avoid)) {
        return one;
      }
    }
    return ranked(avoid, chance.below(eligible));
  }

  /** Any but {@code first}, each as likely: a draw that hits it stands for the last one. */
  private static int other(int eligible, int first, Chance chance) {
    if (eligible == 1) {
      return first;
    }
    int drawn = chance.below(eligible - 1);
    return drawn == first ? eligible - 1 : drawn;
  }

  private Optional<C> ranked(Set<InstanceId> avoid, int rank) {
    if (avoid.isEmpty()) {
      return members.get(rank);
    }
    int left = rank;
    for (int i = 0; i < members.size(); i++) {
      if (mayUse(members.get(i), avoid) && left-- == 0) {
        return members.get(i);
      }
    }
    return Optional.empty();
  }

  private boolean isTooCold(Optional<C> picked, Chance chance, long nowNanos) {
    double warmth = picked.orElseThrow().warmth(nowNanos);
    return warmth < 1 && chance.below(GRAINS) >= warmth * GRAINS;
  }

  private static <C extends Candidate> boolean mayUse(Optional<C> one, Set<InstanceId> avoid) {
    return !avoid.contains(one.orElseThrow().instance());
  }
}
