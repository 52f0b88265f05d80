package io.holdfast.core.balancing;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.InstanceId;
import io.holdfast.core.spec.BalancingPolicy;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Zones, and endpoints that may have no more requests. */
final class NearAndFullTest {

  @ParameterizedTest
  @EnumSource(names = {"P2C_EWMA", "LEAST_REQUEST"})
  void theZoneOfWhoAsksIsPreferred(BalancingPolicy policy) {
    var choices = List.of(Figures.of(0), Figures.of(1).inFlight(1), far(2), far(3));
    assertThat(picked(choices, policy, Set.of())).doesNotContain(2, 3);
  }

  @ParameterizedTest
  @EnumSource(names = {"P2C_EWMA", "LEAST_REQUEST"})
  void whatItCannotBearSpillsOver(BalancingPolicy policy) {
    var choices = List.of(Figures.of(0).inFlight(9), Figures.of(1).inFlight(9), far(2), far(3));
    assertThat(picked(choices, policy, Set.of())).contains(2, 3);
  }

  @ParameterizedTest
  @EnumSource(names = {"P2C_EWMA", "LEAST_REQUEST"})
  void whereTheZoneHasNoneLeftTheOthersTakeAll(BalancingPolicy policy) {
    var ill = List.of(Figures.of(0).ranked(Rank.SUSPECT), far(2), far(3));
    assertThat(picked(ill, policy, Set.of())).containsExactly(2, 3);
    var tried = List.of(Figures.of(0), far(2), far(3));
    assertThat(picked(tried, policy, Set.of(Conducts.id(0)))).containsExactly(2, 3);
  }

  @ParameterizedTest
  @EnumSource(BalancingPolicy.class)
  void aFullOneIsPassedOver(BalancingPolicy policy) {
    var choices = List.of(Figures.of(0).full(), Figures.of(1), Figures.of(2).full(), Figures.of(3));
    assertThat(picked(choices, policy, Set.of())).containsExactly(1, 3);
    assertThat(picked(choices, policy, Set.of(Conducts.id(1)))).containsExactly(3);
  }

  @ParameterizedTest
  @EnumSource(BalancingPolicy.class)
  void whenAllAreFullNoneIsPickedAndNeitherIsOneThatIsIll(BalancingPolicy policy) {
    var full = List.of(Figures.of(0).full(), Figures.of(1).ranked(Rank.SUSPECT));
    var choices = Choices.of(full, Picker.of(policy));
    assertThat(choices.pick(Wanted.any(), Figures.chance(1), 0)).isEmpty();
    assertThat(choices.areFull(Set.of())).isTrue();
    assertThat(choices.areFull(Set.of(Conducts.id(0)))).isFalse();
  }

  @Test
  void whereThereAreNoneNoneAreFull() {
    assertThat(Choices.of(List.<Figures>of(), new RoundRobin()).areFull(Set.of())).isFalse();
  }

  private static Figures far(int slot) {
    return Figures.of(slot).far();
  }

  private static Set<Integer> picked(
      List<Figures> candidates, BalancingPolicy policy, Set<InstanceId> avoid) {
    Choices<Figures> choices = Choices.of(candidates, Picker.of(policy));
    Chance chance = Figures.chance(20261126);
    Set<Integer> slots = new TreeSet<>();
    for (int key = 0; key < 2_000; key++) {
      Wanted wanted = new Wanted(avoid, false, key * 7_919);
      slots.add(choices.pick(wanted, chance, 0).orElseThrow().instance().slot());
    }
    return slots;
  }
}
