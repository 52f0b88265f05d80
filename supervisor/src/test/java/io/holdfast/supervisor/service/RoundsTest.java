package io.holdfast.supervisor.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.NodeId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RoundsTest {

  private static final Set<NodeId> NOBODY = Set.of();

  private long now;
  private final RoundsPace pace = new RoundsPace(() -> now);

  @Test
  void firstAllAreAsked() {
    assertThat(new Rounds(pace).next(nodes(100), NOBODY)).isEqualTo(nodes(100));
  }

  @Test
  void thenEachOnceInARound() {
    Rounds rounds = begun(100);

    List<NodeId> asked = new ArrayList<>();
    for (int tick = 0; tick < Rounds.TICKS; tick++) {
      asked.addAll(rounds.next(nodes(100), NOBODY));
    }

    assertThat(asked).hasSize(100).containsExactlyInAnyOrderElementsOf(nodes(100));
  }

  @Test
  void fewAreAskedNoMoreOftenThanMany() {
    Rounds rounds = begun(1);

    List<NodeId> asked = new ArrayList<>();
    for (int tick = 0; tick < 3 * Rounds.TICKS; tick++) {
      asked.addAll(rounds.next(nodes(1), NOBODY));
    }

    assertThat(asked).hasSize(3);
  }

  @Test
  void afterARestartAllAreAskedAgain() {
    Rounds rounds = begun(10);
    rounds.restart();

    assertThat(rounds.next(nodes(10), NOBODY)).isEqualTo(nodes(10));
  }

  @Test
  void whoIsGoneFromTheNodesIsNotAsked() {
    Rounds rounds = begun(10);
    rounds.next(nodes(10), NOBODY);

    for (int tick = 0; tick < 2 * Rounds.TICKS; tick++) {
      assertThat(nodes(3)).containsAll(rounds.next(nodes(3), NOBODY));
    }
  }

  @Test
  void nobodyIsAskedWhereNothingIs() {
    assertThat(begun(0).next(nodes(0), nodes(3))).isEmpty();
  }

  @Test
  void whereThereIsTooMuchToAskForARoundTakesLongerForAll() {
    List<Rounds> services = IntStream.range(0, 1_000).mapToObj(_ -> begun(100)).toList();
    second(services);

    assertThat(second(services)).isBetween(900, 1_100);
    int questions = IntStream.range(0, 100).map(_ -> second(services)).sum();
    assertThat(questions).isBetween(95_000, 105_000);
  }

  @Test
  void thoseThatAreClosedAreAskedInEveryRoundOfTheUsualLengthAllTheSame() {
    List<Rounds> services = IntStream.range(0, 1_000).mapToObj(_ -> begun(100)).toList();
    second(services);
    second(services);

    Set<NodeId> asked = new HashSet<>();
    for (int tick = 0; tick < Rounds.TICKS; tick++) {
      asked.addAll(services.getFirst().next(nodes(100), nodes(20)));
    }

    assertThat(asked).containsAll(nodes(20));
  }

  @Test
  void itIsAsFastAsUsualAgainOnceThereIsLess() {
    List<Rounds> services = IntStream.range(0, 1_000).mapToObj(_ -> begun(100)).toList();
    second(services);
    second(services);

    List<Rounds> few = services.subList(0, 40);
    second(few);
    second(few);

    assertThat(second(few)).isBetween(720, 880);
  }

  private int second(List<Rounds> services) {
    now += Duration.ofSeconds(1).toNanos();
    return services.stream().mapToInt(rounds -> rounds.next(nodes(100), NOBODY).size()).sum();
  }

  private Rounds begun(int count) {
    Rounds rounds = new Rounds(pace);
    rounds.next(nodes(count), NOBODY);
    return rounds;
  }

  private static NavigableSet<NodeId> nodes(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new NodeId("node-" + i))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
