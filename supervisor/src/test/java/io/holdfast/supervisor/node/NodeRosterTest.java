package io.holdfast.supervisor.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.NodeId;
import io.holdfast.core.placement.Candidate;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class NodeRosterTest {

  private static final NodeId A = new NodeId("a");
  private static final NodeId B = new NodeId("b");
  private static final Duration MOMENT = Duration.ofMillis(100);

  private long now = Long.MAX_VALUE - 1;
  private final NodeRoster roster = new NodeRoster(() -> now);

  @Test
  void nodesAreShownAtOnceInTheirOrder() {
    roster.show(open(B, 0));
    roster.show(open(A, 0));

    assertThat(roster.candidates()).extracting(Candidate::node).containsExactly(A, B);
  }

  @Test
  void whatIsOnThemIsShownAMomentLater() {
    roster.show(open(A, 0));
    assertThat(load()).isZero();

    roster.show(open(A, 7));
    assertThat(load()).isZero();

    pass(MOMENT);
    assertThat(load()).isEqualTo(7);
  }

  @Test
  void thatANodeTakesNoMoreIsShownAtOnce() {
    roster.show(open(A, 0));
    assertThat(roster.candidates().getFirst().accepting()).isTrue();
    assertThat(roster.closed()).isEmpty();

    roster.show(closed(A));

    assertThat(roster.candidates().getFirst().accepting()).isFalse();
    assertThat(roster.closed()).containsExactly(A);
  }

  @Test
  void whoSeeksAPlaceSeesTheLoadAsItIsAndThePlacesThatAreBeingAskedFor() {
    roster.show(open(A, 0));
    roster.candidates();
    roster.show(open(A, 7));
    roster.asked(A);

    assertThat(roster.expected().getFirst().load()).isEqualTo(8);
  }

  @Test
  void aNodeHasSettledAfterAMinuteAndForAnHour() {
    roster.show(open(A, 0));
    assertThat(roster.settled()).isEmpty();

    pass(Duration.ofMinutes(1));
    assertThat(roster.settled()).containsExactly(A);

    pass(Duration.ofHours(1));
    assertThat(roster.settled()).isEmpty();
  }

  @Test
  void aNodeThatTakesNoMoreHasNotSettledFromThenOn() {
    roster.show(open(A, 0));
    pass(Duration.ofMinutes(1));
    assertThat(roster.settled()).containsExactly(A);

    roster.show(closed(A));
    assertThat(roster.settled()).isEmpty();

    roster.show(open(A, 0));
    pass(Duration.ofSeconds(59));
    assertThat(roster.settled()).isEmpty();
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }

  private int load() {
    return roster.candidates().getFirst().load();
  }

  private static NodeDirectory.Entry open(NodeId node, int load) {
    return entry(node, true, load);
  }

  private static NodeDirectory.Entry closed(NodeId node) {
    return entry(node, false, 0);
  }

  private static NodeDirectory.Entry entry(NodeId node, boolean accepting, int load) {
    NodeProfile profile =
        new NodeProfile(
            "127.0.0.1",
            "",
            Map.of(),
            2,
            1 << 30,
            "boot",
            "0.1.0",
            true,
            Map.of(),
            Optional.empty());
    return new NodeDirectory.Entry(
        node,
        profile,
        NodeCondition.READY,
        false,
        accepting,
        false,
        false,
        load,
        0,
        0,
        Optional.empty());
  }
}
