package io.holdfast.core.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.NodeId;
import io.holdfast.core.ServiceName;
import io.holdfast.core.spec.Placement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Many instances on many nodes, seeded. */
final class SpreadTest {

  @RepeatedTest(200)
  void equalNodesGetEquallyManyOfAService(RepetitionInfo seed) {
    SplittableRandom random = new SplittableRandom(seed.getCurrentRepetition());
    List<NodeId> nodes = nodes(1 + random.nextInt(50));
    int slots = random.nextInt(500);

    Map<NodeId, Integer> placed = new HashMap<>();
    place("web", slots, nodes, _ -> random.nextInt(20), placed);

    List<Integer> counts = nodes.stream().map(node -> placed.getOrDefault(node, 0)).toList();
    assertThat(Collections.max(counts) - Collections.min(counts)).isLessThanOrEqualTo(1);
    assertThat(counts.stream().mapToInt(count -> count).sum()).isEqualTo(slots);
  }

  @RepeatedTest(50)
  void whatIsPlacedInSeveralGoesSpreadsAsWell(RepetitionInfo seed) {
    SplittableRandom random = new SplittableRandom(seed.getCurrentRepetition());
    List<NodeId> nodes = nodes(2 + random.nextInt(20));

    Map<NodeId, Integer> placed = new HashMap<>();
    int goes = 1 + random.nextInt(10);
    for (int go = 0; go < goes; go++) {
      place("web", random.nextInt(30), nodes, _ -> random.nextInt(20), placed);
    }

    List<Integer> counts = nodes.stream().map(node -> placed.getOrDefault(node, 0)).toList();
    assertThat(Collections.max(counts) - Collections.min(counts)).isLessThanOrEqualTo(1);
  }

  @Test
  void servicesThatStartAtOnceDoNotAllBeginWithTheSameNode() {
    List<NodeId> nodes = nodes(10);
    Map<NodeId, Integer> placed = new HashMap<>();
    for (int service = 0; service < 1_000; service++) {
      // None of them knows of the others.
      Map<NodeId, Integer> own = new HashMap<>();
      place("web-" + service, 1, nodes, _ -> 0, own);
      own.forEach((node, count) -> placed.merge(node, count, Integer::sum));
    }

    assertThat(placed).hasSize(nodes.size());
    assertThat(placed.values()).allMatch(count -> count > 50 && count < 150);
  }

  private interface Loads {
    int of(NodeId node);
  }

  private static void place(
      String service, int slots, List<NodeId> nodes, Loads loads, Map<NodeId, Integer> placed) {
    List<Candidate> candidates = new ArrayList<>();
    nodes.forEach(
        node -> candidates.add(new Candidate(node, Map.of(), true, false, loads.of(node))));
    Ranking ranking =
        Ranking.of(new ServiceName(service), candidates, Placement.ANYWHERE, Map.copyOf(placed));
    for (int slot = 0; slot < slots; slot++) {
      placed.merge(ranking.choose(slot, Preference.NONE, Set.of()).orElseThrow(), 1, Integer::sum);
    }
  }

  private static List<NodeId> nodes(int count) {
    return IntStream.range(0, count).mapToObj(i -> new NodeId("node-" + i)).toList();
  }
}
