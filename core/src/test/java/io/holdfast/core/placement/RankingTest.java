package io.holdfast.core.placement;

import static io.holdfast.core.fixture.Palette.NODE_A;
import static io.holdfast.core.fixture.Palette.NODE_B;
import static io.holdfast.core.fixture.Palette.NODE_C;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.NodeId;
import io.holdfast.core.ServiceName;
import io.holdfast.core.spec.Placement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which node is the best for one more instance, and why the others are not. */
final class RankingTest {

  private static final ServiceName WEB = new ServiceName("web");
  private static final Map<NodeId, Integer> NONE = Map.of();
  private static final Map<String, String> SSD = Map.of("disk", "ssd");

  @Test
  void theSameQuestionAlwaysHasTheSameAnswer() {
    assertThat(order(Placement.ANYWHERE, NONE, idle(NODE_C), idle(NODE_A), idle(NODE_B)))
        .isEqualTo(order(Placement.ANYWHERE, NONE, idle(NODE_B), idle(NODE_C), idle(NODE_A)));
  }

  @Test
  void theLighterLoadComesFirst() {
    assertThat(order(Placement.ANYWHERE, NONE, loaded(NODE_A, 5), loaded(NODE_B, 4)))
        .containsExactly(NODE_B, NODE_A);
  }

  @Test
  void preferredLabelsComeBeforeTheLoad() {
    var placement = new Placement(Map.of(), Map.of("disk", "ssd", "zone", "a"));

    assertThat(
            order(
                placement,
                NONE,
                labelled(NODE_A, Map.of(), 0),
                labelled(NODE_B, Map.of("disk", "ssd"), 7),
                labelled(NODE_C, Map.of("disk", "ssd", "zone", "a"), 9)))
        .containsExactly(NODE_C, NODE_B, NODE_A);
  }

  @Test
  void theZoneWithFewerInstancesComesBeforeTheLoad() {
    assertThat(
            order(
                Placement.ANYWHERE,
                Map.of(NODE_A, 1),
                labelled(NODE_A, Map.of("zone", "one"), 0),
                labelled(NODE_B, Map.of("zone", "one"), 0),
                labelled(NODE_C, Map.of("zone", "two"), 9)))
        .containsExactly(NODE_C, NODE_B, NODE_A);
  }

  @Test
  void aPreferredZoneComesBeforeOneWithFewerInstances() {
    assertThat(
            order(
                new Placement(Map.of(), Map.of("zone", "one")),
                Map.of(NODE_A, 1),
                labelled(NODE_A, Map.of("zone", "one"), 0),
                labelled(NODE_B, Map.of("zone", "one"), 0),
                labelled(NODE_C, Map.of("zone", "two"), 0)))
        .containsExactly(NODE_B, NODE_C, NODE_A);
  }

  @Test
  void instancesOfOneServiceSpreadBeforeAnyOfThis() {
    var placement = new Placement(Map.of(), SSD);

    assertThat(
            order(
                placement,
                Map.of(NODE_A, 1),
                labelled(NODE_A, SSD, 0),
                labelled(NODE_B, Map.of(), 50)))
        .containsExactly(NODE_B, NODE_A);
  }

  @Test
  void theFormerNodeOfASlotComesBeforeAnEmptyOne() {
    Ranking ranking = rank(Placement.ANYWHERE, Map.of(NODE_A, 3), idle(NODE_A), idle(NODE_B));

    assertThat(ranking.choose(0, new Preference(Optional.of(NODE_A), Set.of()), Set.of()))
        .contains(NODE_A);
  }

  @Test
  void aNodeToBeAvoidedIsTakenOnlyWhenThereIsNoOther() {
    Ranking ranking = rank(Placement.ANYWHERE, Map.of(NODE_B, 3), idle(NODE_A), idle(NODE_B));
    var preference = new Preference(Optional.of(NODE_A), Set.of(NODE_A));

    assertThat(ranking.choose(0, preference, Set.of())).contains(NODE_B);
    assertThat(ranking.choose(1, preference, Set.of(NODE_B))).contains(NODE_A);
  }

  @Test
  void aNodeThatHasRefusedTheSlotIsNotChosenAgain() {
    Ranking ranking = rank(Placement.ANYWHERE, NONE, idle(NODE_A));

    assertThat(ranking.choose(0, Preference.NONE, Set.of(NODE_A))).isEmpty();
    assertThat(ranking.choose(1, Preference.NONE, Set.of())).contains(NODE_A);
  }

  @Test
  void eachChoiceCountsForTheNext() {
    Ranking ranking =
        rank(Placement.ANYWHERE, Map.of(NODE_A, 1), idle(NODE_A), idle(NODE_B), idle(NODE_C));

    assertThat(chosen(ranking, 8)).isEqualTo(Map.of(NODE_A, 2, NODE_B, 3, NODE_C, 3));
  }

  @Test
  void eachChoiceCountsForItsZone() {
    Ranking ranking =
        rank(
            Placement.ANYWHERE,
            NONE,
            labelled(NODE_A, Map.of("zone", "one"), 0),
            labelled(NODE_B, Map.of("zone", "one"), 0),
            labelled(NODE_C, Map.of("zone", "two"), 9));

    assertThat(chosen(ranking, 2)).containsKey(NODE_C);
  }

  @Test
  void aNodeWithoutARequiredLabelIsLeftOutWithTheReason() {
    var placement = new Placement(SSD, Map.of());
    Ranking ranking =
        rank(placement, NONE, labelled(NODE_A, Map.of("disk", "hdd"), 0), labelled(NODE_B, SSD, 9));

    assertThat(ranking.refusal(Map.of())).isEqualTo("node a has no label disk=ssd");
    assertThat(order(ranking)).containsExactly(NODE_B);
  }

  @Test
  void aNodeThatAcceptsNothingIsLeftOutWithTheReason() {
    Ranking ranking =
        rank(
            Placement.ANYWHERE,
            NONE,
            new Candidate(NODE_A, Map.of(), false, false, 0),
            idle(NODE_B));

    assertThat(ranking.refusal(Map.of())).isEqualTo("node a takes no instances now");
    assertThat(order(ranking)).containsExactly(NODE_B);
  }

  @Test
  void aNodeThatIsDrainingIsLeftOutWithTheReason() {
    Ranking ranking =
        rank(
            Placement.ANYWHERE,
            NONE,
            new Candidate(NODE_A, Map.of(), false, true, 0),
            idle(NODE_B));

    assertThat(ranking.refusal(Map.of())).isEqualTo("node a is draining");
    assertThat(order(ranking)).containsExactly(NODE_B);
  }

  @Test
  void aNodeWithoutRoomIsLeftOutWithWhatItLacks() {
    Ranking ranking = asking(share(256, 500), roomy(NODE_A, 200, 4_000), roomy(NODE_B, 256, 500));

    assertThat(order(ranking)).containsExactly(NODE_B);
    assertThat(ranking.refusal(Map.of()))
        .isEqualTo(
            "node a has 200 MiB of memory left and 256 MiB are asked for; node b has no"
                + " memory left and 256 MiB are asked for, and no cpu left and 500m are asked for");
  }

  @Test
  void aNodeOfUnknownSizeHasRoomForAnything() {
    Ranking ranking = asking(share(1L << 40, 1_000_000), idle(NODE_A));

    assertThat(chosen(ranking, 100)).isEqualTo(Map.of(NODE_A, 100));
  }

  @Test
  void eachChoiceTakesItsShare() {
    Ranking ranking = asking(share(100, 0), roomy(NODE_A, 250, 0), roomy(NODE_B, 100, 0));

    assertThat(chosen(ranking, 3)).isEqualTo(Map.of(NODE_A, 2, NODE_B, 1));
    assertThat(ranking.choose(3, Preference.NONE, Set.of())).isEmpty();
  }

  @Test
  void aFullNodeIsAskedWhereTheSlotMayHaveAPlaceAlready() {
    Ranking ranking =
        Ranking.of(
            WEB,
            List.of(roomy(NODE_A, 50, 0)),
            Placement.ANYWHERE,
            share(100, 0),
            Map.of(NODE_A, 1));

    assertThat(ranking.choose(0, Preference.NONE, Set.of())).contains(NODE_A);
  }

  @Test
  void amongEqualsTheNodeWithMoreRoomComesBeforeTheIdlerOne() {
    Ranking ranking =
        asking(
            share(100, 0),
            new Candidate(NODE_A, Map.of(), true, false, 9, room(400, 0), ""),
            roomy(NODE_B, 300, 0));

    assertThat(ranking.choose(0, Preference.NONE, Set.of())).contains(NODE_A);
  }

  @Test
  void roomDecidesNothingForInstancesThatAskForNoShare() {
    Ranking ranking =
        asking(
            Share.NONE,
            new Candidate(NODE_A, Map.of(), true, false, 9, room(400, 0), ""),
            roomy(NODE_B, 0, 0));

    assertThat(order(ranking)).startsWith(NODE_B);
  }

  @Test
  void spreadingAndZonesComeBeforeRoom() {
    Ranking ranking =
        Ranking.of(
            WEB,
            List.of(roomy(NODE_A, 900, 0), roomy(NODE_B, 200, 0)),
            Placement.ANYWHERE,
            share(100, 0),
            Map.of(NODE_A, 1));

    assertThat(ranking.choose(0, Preference.NONE, Set.of())).contains(NODE_B);
  }

  @Test
  void whyThereIsNoPlaceBeginsWithTheNodesThatCameClosest() {
    Ranking ranking =
        Ranking.of(
            WEB,
            List.of(
                new Candidate(NODE_A, Map.of(), false, false, 0, Room.UNLIMITED, "is lost"),
                roomy(NODE_B, 50, 0),
                idle(NODE_C)),
            Placement.ANYWHERE,
            share(100, 0),
            NONE);

    assertThat(ranking.refusal(Map.of(NODE_C, "has port 9100 taken by api")))
        .isEqualTo(
            "node c has port 9100 taken by api; node b has 50 MiB of memory left and 100 MiB are"
                + " asked for; node a is lost");
  }

  @Test
  void ofManyNodesEightAreNamed() {
    Map<NodeId, String> refused = new HashMap<>();
    for (int i = 10; i < 21; i++) {
      refused.put(new NodeId("n" + i), "is full");
    }

    assertThat(rank(Placement.ANYWHERE, NONE).refusal(refused))
        .startsWith("node n10 is full; node n11 is full; ")
        .endsWith("; node n17 is full; and 3 more");
  }

  @Test
  void withoutNodesThereIsNoPlace() {
    Ranking ranking = rank(Placement.ANYWHERE, NONE);

    assertThat(order(ranking)).isEmpty();
    assertThat(ranking.refusal(Map.of())).isEqualTo("there is no node");
  }

  private static Ranking rank(
      Placement placement, Map<NodeId, Integer> own, Candidate... candidates) {
    return Ranking.of(WEB, List.of(candidates), placement, own);
  }

  private static List<NodeId> order(
      Placement placement, Map<NodeId, Integer> own, Candidate... candidates) {
    return order(rank(placement, own, candidates));
  }

  /** As one slot that is refused everywhere meets them. */
  private static List<NodeId> order(Ranking ranking) {
    List<NodeId> order = new ArrayList<>();
    for (Optional<NodeId> next = Optional.empty(); ; ) {
      next = ranking.choose(0, Preference.NONE, new HashSet<>(order));
      if (next.isEmpty()) {
        return order;
      }
      order.add(next.get());
    }
  }

  /** How many of so many slots each node gets. */
  private static Map<NodeId, Integer> chosen(Ranking ranking, int slots) {
    Map<NodeId, Integer> chosen = new HashMap<>();
    for (int slot = 0; slot < slots; slot++) {
      chosen.merge(ranking.choose(slot, Preference.NONE, Set.of()).orElseThrow(), 1, Integer::sum);
    }
    return chosen;
  }

  private static Candidate idle(NodeId node) {
    return loaded(node, 0);
  }

  private static Candidate loaded(NodeId node, int load) {
    return labelled(node, Map.of(), load);
  }

  private static Ranking asking(Share share, Candidate... candidates) {
    return Ranking.of(WEB, List.of(candidates), Placement.ANYWHERE, share, NONE);
  }

  private static Candidate roomy(NodeId node, long mebibytes, long cpu) {
    return new Candidate(node, Map.of(), true, false, 0, room(mebibytes, cpu), "");
  }

  private static Room room(long mebibytes, long cpu) {
    return new Room(OptionalLong.of(share(mebibytes, cpu).memory()), OptionalLong.of(cpu));
  }

  private static Share share(long mebibytes, long cpu) {
    return new Share(mebibytes << 20, cpu);
  }

  private static Candidate labelled(NodeId node, Map<String, String> labels, int load) {
    return new Candidate(node, labels, true, false, load);
  }
}
