package io.holdfast.core.balancing;

import static io.holdfast.core.balancing.Conducts.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.holdfast.core.InstanceId;
import io.holdfast.core.spec.BalancingPolicy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class PickersTest {

  private static final int PICKS = 30_000;

  @ParameterizedTest
  @EnumSource(BalancingPolicy.class)
  void neverPicksADrainingOne(BalancingPolicy policy) {
    var choices = List.copyOf(List.of(one(0, Rank.DRAINING), one(1, Rank.WELL)));

    assertThat(shares(choices, policy, Set.of())).containsOnlyKeys(1);
    assertThat(pick(choices, policy, Wanted.not(Set.of(id(1))), Figures.chance(1))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(BalancingPolicy.class)
  void picksASuspectOnlyWhenNoOtherIsLeft(BalancingPolicy policy) {
    var choices = List.of(one(0, Rank.SUSPECT), one(1, Rank.WELL), one(2, Rank.SUSPECT));

    assertThat(shares(choices, policy, Set.of())).containsOnlyKeys(1);
    assertThat(shares(choices, policy, Set.of(id(1))).keySet()).isSubsetOf(0, 2);
    assertThat(shares(choices, policy, Set.of(id(1), id(2)))).containsOnlyKeys(0);
    assertThat(Choices.of(choices, Picker.of(policy)).any(Set.of(id(0), id(1), id(2)))).isFalse();
  }

  @ParameterizedTest
  @EnumSource(value = BalancingPolicy.class, mode = EnumSource.Mode.EXCLUDE, names = "MAGLEV")
  void equalOnesGetEqualShares(BalancingPolicy policy) {
    var choices = List.copyOf(equal(5));

    shares(choices, policy, Set.of(id(3)))
        .forEach(
            (slot, share) -> assertThat(share).as("slot " + slot).isCloseTo(0.25, within(0.02)));
  }

  @ParameterizedTest
  @EnumSource(BalancingPolicy.class)
  void nothingToPickFromGivesNothing(BalancingPolicy policy) {
    assertThat(pick(equal(0), policy, Wanted.any(), Figures.chance(1))).isEmpty();
  }

  @Test
  void roundRobinGoesThroughAllBeforeItRepeats() {
    var choices = List.copyOf(equal(3));
    Chance chance = Figures.chance(7);
    List<Integer> slots = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      slots.add(slot(pick(choices, BalancingPolicy.ROUND_ROBIN, Wanted.any(), chance)));
    }

    assertThat(slots.subList(0, 3)).containsExactlyInAnyOrder(0, 1, 2);
    assertThat(slots.subList(3, 6)).isEqualTo(slots.subList(0, 3));
  }

  @Test
  void theSlowOfTwoGetsNothingAndTheSlowOfTenOnlyWhatItIsPairedWithItself() {
    var two = List.of(Figures.of(0).taking(1_000_000), Figures.of(1).taking(100_000_000));
    assertThat(shares(two, BalancingPolicy.P2C_EWMA, Set.of())).containsOnlyKeys(0);

    List<Figures> ten = equal(10);
    ten.set(4, Figures.of(4).taking(100_000_000));
    assertThat(shares(List.copyOf(ten), BalancingPolicy.P2C_EWMA, Set.of())).doesNotContainKey(4);
  }

  @Test
  void anUnprovenOneGetsOneRequestAtATime() {
    var idle = List.copyOf(List.of(Figures.of(0).taking(5), Figures.of(1).taking(0)));
    assertThat(shares(idle, BalancingPolicy.P2C_EWMA, Set.of())).containsOnlyKeys(1);

    var busy = List.copyOf(List.of(Figures.of(0).taking(5), Figures.of(1).taking(0).inFlight(1)));
    assertThat(shares(busy, BalancingPolicy.P2C_EWMA, Set.of())).containsOnlyKeys(0);
  }

  @Test
  void twiceTheWeightBearsTwiceTheRequests() {
    var choices = List.of(Figures.of(0).inFlight(3), Figures.of(1).weight(200).inFlight(6));

    assertThat(shares(choices, BalancingPolicy.LEAST_REQUEST, Set.of())).containsOnlyKeys(1);
  }

  @ParameterizedTest
  @EnumSource(
      value = BalancingPolicy.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"MAGLEV", "WEIGHTED"})
  void agreesWithTheObviousVersionOnAnyCandidates(BalancingPolicy policy) {
    Random random = new Random(20261123);
    for (int round = 0; round < 3_000; round++) {
      List<Figures> candidates = arbitrary(random);
      Set<InstanceId> avoid = someOf(candidates, random);
      long seed = random.nextLong();

      Optional<Figures> picked = pick(candidates, policy, Wanted.not(avoid), Figures.chance(seed));

      assertThat(picked)
          .as("seed %d of %s avoiding %s", seed, candidates, avoid)
          .isEqualTo(obvious(policy, candidates, avoid, Figures.chance(seed)));
    }
  }

  private static Optional<Figures> pick(
      List<Figures> choices, BalancingPolicy policy, Wanted wanted, Chance chance) {
    return Choices.of(choices, Picker.of(policy)).pick(wanted, chance, 0);
  }

  private static Optional<Figures> obvious(
      BalancingPolicy policy, List<Figures> candidates, Set<InstanceId> avoid, Chance chance) {
    List<Figures> usable = new ArrayList<>(candidates);
    usable.removeIf(c -> avoid.contains(c.instance()) || c.rank() == Rank.DRAINING);
    if (usable.stream().anyMatch(c -> c.rank() == Rank.WELL)) {
      usable.removeIf(c -> c.rank() != Rank.WELL);
    }
    if (usable.stream().anyMatch(c -> c.rank() == Rank.SUSPECT)) {
      usable.removeIf(c -> c.rank() == Rank.UNREACHABLE);
    }
    if (usable.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        switch (policy) {
          case RANDOM, WEIGHTED, MAGLEV -> usable.get(chance.below(usable.size()));
          case ROUND_ROBIN -> usable.get(Math.floorMod(chance.turn(), usable.size()));
          case LEAST_REQUEST -> betterOfTwo(usable, chance, Load.IN_FLIGHT);
          case P2C_EWMA -> betterOfTwo(usable, chance, Load.LATENCY);
        });
  }

  private static Figures betterOfTwo(List<Figures> usable, Chance chance, Load load) {
    Figures first = usable.get(chance.below(usable.size()));
    if (usable.size() == 1) {
      return first;
    }
    List<Figures> others = new ArrayList<>(usable);
    others.set(usable.indexOf(first), usable.getLast());
    Figures second = others.get(chance.below(usable.size() - 1));
    return List.of(first, second).stream()
        .min(Comparator.comparingDouble(c -> load.of(c, 0)))
        .orElseThrow();
  }

  private static Map<Integer, Double> shares(
      List<Figures> choices, BalancingPolicy policy, Set<InstanceId> avoid) {
    Chance chance = Figures.chance(42);
    Choices<Figures> built = Choices.of(choices, Picker.of(policy));
    Map<Integer, Double> shares = new TreeMap<>();
    for (int i = 0; i < PICKS; i++) {
      int slot = slot(built.pick(Wanted.not(avoid), chance, 0));
      shares.merge(slot, 1.0 / PICKS, Double::sum);
    }
    return shares;
  }

  private static List<Figures> arbitrary(Random random) {
    List<Figures> candidates = new ArrayList<>();
    int count = random.nextInt(6);
    for (int slot = 0; slot < count; slot++) {
      Rank rank = List.of(Rank.values()).get(random.nextInt(4));
      candidates.add(
          Figures.of(slot)
              .ranked(rank)
              .weight(1 + random.nextInt(3))
              .inFlight(random.nextInt(4))
              .taking(random.nextInt(3)));
    }
    return candidates;
  }

  private static Set<InstanceId> someOf(List<Figures> candidates, Random random) {
    Set<InstanceId> some = new HashSet<>();
    candidates.stream().filter(c -> random.nextInt(3) == 0).forEach(c -> some.add(c.instance()));
    return some;
  }

  private static List<Figures> equal(int count) {
    List<Figures> candidates = new ArrayList<>();
    for (int slot = 0; slot < count; slot++) {
      candidates.add(Figures.of(slot).taking(1_000_000));
    }
    return candidates;
  }

  private static Figures one(int slot, Rank rank) {
    return Figures.of(slot).ranked(rank);
  }

  private static int slot(Optional<Figures> picked) {
    return picked.orElseThrow().instance().slot();
  }
}
