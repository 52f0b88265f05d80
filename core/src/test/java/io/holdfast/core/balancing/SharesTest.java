package io.holdfast.core.balancing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.holdfast.core.InstanceId;
import io.holdfast.core.spec.BalancingPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who gets how much by weight, by key and while it warms up. */
final class SharesTest {

  private static final int PICKS = 60_000;
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  @Test
  void sharesFollowTheWeights() {
    Random random = new Random(20261126);
    for (int round = 0; round < 20; round++) {
      int[] weights = random.ints(2 + random.nextInt(6), 50, 300).toArray();
      double sum = IntStream.of(weights).sum();
      Map<Integer, Double> shares = shares(weighted(weights), BalancingPolicy.WEIGHTED, Set.of());
      for (int slot = 0; slot < weights.length; slot++) {
        assertThat(shares.get(slot)).isCloseTo(weights[slot] / sum, within(0.005));
      }
    }
  }

  @Test
  void theLightestGetsATenthOfTheMeanAndTheAvoidedNothing() {
    assertThat(shares(weighted(1, 100, 100), BalancingPolicy.WEIGHTED, Set.of()).get(0))
        .isCloseTo(0.032, within(0.005));
    assertThat(shares(weighted(1, 100), BalancingPolicy.WEIGHTED, Set.of(Conducts.id(1))))
        .containsOnlyKeys(0);
  }

  @Test
  void keysAreSpreadEvenlyAndStayWithTheirInstanceWhenAnotherLeaves() {
    List<Steady> five = equal(5);
    Map<Integer, Double> shares = new TreeMap<>();
    int moved = 0;
    Choices<Steady> all = Choices.of(five, Picker.of(BalancingPolicy.MAGLEV));
    Choices<Steady> less = Choices.of(five.subList(0, 4), Picker.of(BalancingPolicy.MAGLEV));
    Random random = new Random(3);
    for (int i = 0; i < PICKS; i++) {
      int key = random.nextInt();
      int owner = slot(all, key, Set.of());
      shares.merge(owner, 1.0 / PICKS, Double::sum);
      assertThat(slot(all, key, Set.of())).isEqualTo(owner);
      moved += owner != 4 && slot(less, key, Set.of()) != owner ? 1 : 0;
    }

    assertThat(shares).hasSize(5);
    assertThat(shares.values()).allSatisfy(share -> assertThat(share).isCloseTo(0.2, within(0.02)));
    assertThat(moved / (double) PICKS).isLessThan(0.1);
  }

  @Test
  void aKeyWhoseOwnerIsAvoidedGoesToAnotherAndAlwaysTheSame() {
    Choices<Steady> all = Choices.of(equal(5), Picker.of(BalancingPolicy.MAGLEV));
    for (int key = 0; key < 1_000; key++) {
      Set<InstanceId> owner = Set.of(Conducts.id(slot(all, key, Set.of())));
      int second = slot(all, key, owner);
      assertThat(owner).doesNotContain(Conducts.id(second));
      assertThat(slot(all, key, owner)).isEqualTo(second);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = BalancingPolicy.class,
      names = {"P2C_EWMA", "LEAST_REQUEST", "ROUND_ROBIN", "RANDOM", "WEIGHTED"})
  void oneThatWarmsUpGetsItsPartOfAShare(BalancingPolicy policy) {
    List<Steady> four = equal(4);
    four.set(2, new Steady(2, 100, 0.1));

    double share = shares(four, policy, Set.of()).getOrDefault(2, 0.0);

    assertThat(share).isBetween(0.02, 0.035);
  }

  @Test
  void theShareGrowsEvenlyFromATenth() {
    WarmUp young = new WarmUp(Duration.ofSeconds(5), 0, -100 * SECOND);
    assertThat(young.at(0)).isCloseTo(0.1, within(1e-9));
    assertThat(young.at(5 * SECOND / 2)).isCloseTo(0.55, within(1e-9));
    assertThat(young.at(5 * SECOND)).isEqualTo(1);
    assertThat(young.at(-SECOND)).isCloseTo(0.1, within(1e-9));
    assertThat(new WarmUp(Duration.ZERO, 0, 0).at(0)).isEqualTo(1);
  }

  @Test
  void aFleetThatIsNewAsAWholeTakesAllAtOnce() {
    for (int tenth = 0; tenth < 60; tenth++) {
      long now = tenth * SECOND / 10;
      assertThat(new WarmUp(Duration.ofSeconds(5), 0, 0).at(now)).isEqualTo(1);
      assertThat(new WarmUp(Duration.ofSeconds(5), SECOND, 0).at(SECOND + now))
          .isBetween(0.1 / 0.28 - 1e-9, 1.0);
    }
  }

  private static Map<Integer, Double> shares(
      List<Steady> members, BalancingPolicy policy, Set<InstanceId> avoid) {
    Choices<Steady> choices = Choices.of(members, Picker.of(policy));
    Chance chance = chance();
    Map<Integer, Double> shares = new TreeMap<>();
    for (int i = 0; i < PICKS; i++) {
      Steady picked = choices.pick(Wanted.not(avoid), chance, 0).orElseThrow();
      shares.merge(picked.slot(), 1.0 / PICKS, Double::sum);
    }
    return shares;
  }

  private static int slot(Choices<Steady> choices, int key, Set<InstanceId> avoid) {
    return choices.pick(new Wanted(avoid, false, key), chance(), 0).orElseThrow().slot();
  }

  private static List<Steady> equal(int count) {
    return new ArrayList<>(
        IntStream.range(0, count).mapToObj(slot -> new Steady(slot, 100, 1)).toList());
  }

  private static List<Steady> weighted(int... weights) {
    return IntStream.range(0, weights.length)
        .mapToObj(slot -> new Steady(slot, weights[slot], 1))
        .toList();
  }

  private static Chance chance() {
    Random random = new Random(42);
    AtomicInteger turn = new AtomicInteger();
    return new Chance() {
      @Override
      public int below(int bound) {
        return random.nextInt(bound);
      }

      @Override
      public int turn() {
        return turn.getAndIncrement();
      }
    };
  }

  private record Steady(int slot, int weight, double share) implements Candidate {
    @Override
    public InstanceId instance() {
      return Conducts.id(slot);
    }

    @Override
    public Rank rank() {
      return Rank.WELL;
    }

    @Override
    public int inFlight() {
      return 0;
    }

    @Override
    public double latency(long nowNanos) {
      return 1_000_000;
    }

    @Override
    public double warmth(long nowNanos) {
      return share;
    }

    @Override
    public boolean claimTrial(boolean repeatable, long nowNanos) {
      return false;
    }
  }
}
