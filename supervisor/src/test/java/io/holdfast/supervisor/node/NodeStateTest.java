package io.holdfast.supervisor.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.NodeId;
import io.holdfast.core.placement.Drain;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is recorded of a node, by what has happened to it. */
final class NodeStateTest {

  private static final NodeId NODE = new NodeId("node-a");
  private static final Instant THEN = Instant.parse("2026-11-01T00:00:00Z");
  private static final Instant LATER = THEN.plusSeconds(60);
  private static final NodeProfile PROFILE =
      new NodeProfile(
          "10.0.0.1", "", Map.of(), 2, 1L << 30, "boot", "test", true, Map.of(), Optional.empty());

  private static final NodeEvent JOINED = new NodeEvent.Joined(NODE, PROFILE, THEN);
  private static final NodeEvent ORDERED = new NodeEvent.DrainOrdered(NODE, THEN);
  private static final NodeEvent DRAINED = new NodeEvent.Drained(NODE, LATER);

  @Test
  void aNodeIsDrainedFromTheOrderUntilItIsTakenBack() {
    assertThat(after(JOINED).drain()).isEmpty();
    assertThat(after(JOINED, ORDERED).drain()).contains(new Drain(THEN, false));
    assertThat(after(JOINED, ORDERED, DRAINED).drain()).contains(new Drain(THEN, true));
    assertThat(after(JOINED, ORDERED, DRAINED, new NodeEvent.Undrained(NODE, LATER)).drain())
        .isEmpty();
  }

  @Test
  void theOrderOutlivesItsAgentAndItsHost() {
    assertThat(after(JOINED, ORDERED, is(NodeCondition.LOST), is(NodeCondition.READY)).drain())
        .contains(new Drain(THEN, false));
    assertThat(after(JOINED, ORDERED, DRAINED, JOINED).drain()).contains(new Drain(THEN, true));
  }

  @Test
  void aSecondDrainBeginsAnew() {
    assertThat(
            after(
                    JOINED,
                    ORDERED,
                    DRAINED,
                    new NodeEvent.Undrained(NODE, LATER),
                    new NodeEvent.DrainOrdered(NODE, LATER))
                .drain())
        .contains(new Drain(LATER, false));
  }

  @Test
  void alarmsAndDoubtsChangeNothing() {
    NodeState draining = after(JOINED, ORDERED);
    assertThat(draining.after(new NodeEvent.AlarmRaised(NODE, "web is left", LATER)))
        .isEqualTo(draining);
    assertThat(draining.after(new NodeEvent.Doubted(NODE, "it is silent", LATER)))
        .isEqualTo(draining);
  }

  @Test
  void aNodeThatNobodyHasSeenIsNotDrained() {
    assertThat(after(ORDERED)).isEqualTo(new NodeState.Unseen());
  }

  @Test
  void whyItTakesNothingIsTheGravestReason() {
    assertThat(Admission.refusal(NodeCondition.LOST, true, false)).contains("is lost");
    assertThat(Admission.refusal(NodeCondition.SUSPECT, true, true))
        .contains("is suspect, as its agent is not heard");
    assertThat(Admission.refusal(NodeCondition.READY, true, true)).contains("is draining");
    assertThat(Admission.refusal(NodeCondition.READY, false, false)).contains("is about to leave");
    assertThat(Admission.refusal(NodeCondition.READY, false, true)).isEqualTo(Optional.empty());
  }

  private static NodeEvent is(NodeCondition condition) {
    return new NodeEvent.ConditionChanged(NODE, condition, "a test says so", LATER);
  }

  private static NodeState after(NodeEvent... events) {
    return Stream.of(events).reduce(new NodeState.Unseen(), NodeState::after, (_, later) -> later);
  }
}
