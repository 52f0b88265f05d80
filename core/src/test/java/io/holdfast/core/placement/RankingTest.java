package io.holdfast.core.placement;

import static io.holdfast.core.fixture.Palette.NODE_A;
import static io.holdfast.core.fixture.Palette.NODE_B;
import static io.holdfast.core.fixture.Palette.NODE_C;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.NodeId;
import io.holdfast.core.spec.Placement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which node is the best for one more instance, and why the others are not. */
final class RankingTest {

  private static final Map<NodeId, Integer> NONE = Map.of();

  @Test
  void amongEqualsTheNameDecidesSoThatTheAnswerIsAlwaysTheSame() {
    assertThat(rank(Placement.ANYWHERE, NONE, idle(NODE_C), idle(NODE_A), idle(NODE_B)).best())
        .containsExactly(NODE_A, NODE_B, NODE_C);
  }

  @Test
  void theLighterLoadComesBeforeTheName() {
    assertThat(rank(Placement.ANYWHERE, NONE, loaded(NODE_A, 5), loaded(NODE_B, 4)).best())
        .containsExactly(NODE_B, NODE_A);
  }

  @Test
  void preferredLabelsComeBeforeTheLoad() {
    var placement = new Placement(Map.of(), Map.of("disk", "ssd", "zone", "a"));

    assertThat(
            rank(
                    placement,
                    NONE,
                    labelled(NODE_A, Map.of(), 0),
                    labelled(NODE_B, Map.of("disk", "ssd"), 7),
                    labelled(NODE_C, Map.of("disk", "ssd", "zone", "a"), 9))
                .best())
        .containsExactly(NODE_C, NODE_B, NODE_A);
  }

  @Test
  void instancesOfOneServiceSpreadBeforeAnythingElse() {
    var placement = new Placement(Map.of(), Map.of("disk", "ssd"));

    assertThat(
            rank(
                    placement,
                    Map.of(NODE_A, 1),
                    labelled(NODE_A, Map.of("disk", "ssd"), 0),
                    labelled(NODE_B, Map.of(), 50))
                .best())
        .containsExactly(NODE_B, NODE_A);
  }

  @Test
  void aNodeWithoutARequiredLabelIsLeftOutWithTheReason() {
    var placement = new Placement(Map.of("disk", "ssd"), Map.of());

    Ranking ranking =
        rank(placement, NONE, labelled(NODE_A, Map.of("disk", "hdd"), 0), labelled(NODE_B, SSD, 9));

    assertThat(ranking.best()).containsExactly(NODE_B);
    assertThat(ranking.refusals()).containsExactly("node a has no label disk=ssd");
  }

  @Test
  void aNodeThatAcceptsNothingIsLeftOutWithTheReason() {
    Ranking ranking =
        rank(Placement.ANYWHERE, NONE, new Candidate(NODE_A, Map.of(), false, 0), idle(NODE_B));

    assertThat(ranking.best()).containsExactly(NODE_B);
    assertThat(ranking.refusals()).containsExactly("node a takes no instances now");
  }

  @Test
  void withoutNodesThereIsNoPlaceAndNothingToSay() {
    assertThat(rank(Placement.ANYWHERE, NONE)).isEqualTo(new Ranking(List.of(), List.of()));
  }

  private static final Map<String, String> SSD = Map.of("disk", "ssd");

  private static Ranking rank(
      Placement placement, Map<NodeId, Integer> own, Candidate... candidates) {
    return Ranking.of(List.of(candidates), placement, own, Preference.NONE);
  }

  private static Candidate idle(NodeId node) {
    return loaded(node, 0);
  }

  private static Candidate loaded(NodeId node, int load) {
    return labelled(node, Map.of(), load);
  }

  private static Candidate labelled(NodeId node, Map<String, String> labels, int load) {
    return new Candidate(node, labels, true, load);
  }
}
