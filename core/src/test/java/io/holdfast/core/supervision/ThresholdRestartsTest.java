package io.holdfast.core.supervision;

import static io.holdfast.core.fixture.Palette.NODE_A;
import static io.holdfast.core.fixture.Palette.end;
import static io.holdfast.core.fixture.Palette.web;
import static io.holdfast.core.fixture.WebSpec.web;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.InstanceId;
import io.holdfast.core.instance.ExitCause;
import io.holdfast.core.spec.Thresholds.Response;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Restarts because of the thresholds where the agent may restart by itself. What it may do and what
 * the supervisor does never add up to more than the intensity, here three.
 */
final class ThresholdRestartsTest {

  private static final InstanceId SECOND = web(1, 5);

  private final Story story = delegated();

  @Test
  void theFirstIsMadeAtOnceAlthoughTheAgentMightHaveMadeAllOfThem() {
    story.exceeds(SECOND);
    assertThat(left()).as("told before the stop").isEqualTo(2);
    story.drained(SECOND);
    assertThat(left()).as("and once more with it").isEqualTo(2);

    story.exits(SECOND, end(ExitCause.REQUESTED));

    assertThat(story.done()).anyMatch(did -> did.startsWith("launch web/1#"));
    assertThat(becauses()).contains("restart.intensity: 1 of 3 within 1m on node a");
    assertThat(story.active().budgetOn(NODE_A, story.now()))
        .hasValueSatisfying(budget -> assertThat(budget.limit() - budget.seen()).isEqualTo(2));
  }

  @Test
  void theAgentMayGoOnAfterItAndIsCountedOnFromIt() {
    story.exceeds(SECOND).drained(SECOND).exits(SECOND, end(ExitCause.REQUESTED));

    story.restartedByAgent(web(0, 1), 2);

    assertThat(becauses())
        .contains("restart.intensity: 2 of 3, by the agent of node a within its budget");
  }

  @Test
  void whatTheAgentHasRestartedBeforeItHeardOfItCounts() {
    story.exceeds(SECOND).drained(SECOND);
    story.restartedByAgent(web(0, 1), 2);
    story.restartedByAgent(web(0, 2), 3);
    story.restartedByAgent(web(0, 3), 4);

    story.exits(SECOND, end(ExitCause.REQUESTED));

    assertThat(becauses())
        .contains("restart.backoff: wait 1 of 3, 1s, after 3 restarts within 1m on node a");
  }

  @Test
  void anAgentThatMayNotHaveHeardOfItMayStillMakeAllOfThem() {
    story.exceeds(SECOND).crashes(SECOND);

    assertThat(becauses())
        .contains(
            "restart.backoff: wait 1 of 3, 1s, after 0 restarts within 1m on node a, whose agent"
                + " may make 3 more by itself");
  }

  @Test
  void anAgentThatStopsUnheardIsToldOfItsBudgetEachTimeItIsToldToStop() {
    story.exceeds(SECOND).drained(SECOND).passes(Reconciliation.STOP_AGAIN);
    assertThat(left()).isEqualTo(2);

    story.ready(SECOND);
    assertThat(story.done()).containsExactly("stop " + SECOND);
    assertThat(left()).isEqualTo(2);
  }

  private long left() {
    Budget budget = story.delegated().orElseThrow();
    return budget.limit() - budget.seen();
  }

  private List<String> becauses() {
    return story.active().incidents().all().getFirst().deeds().stream().map(Deed::because).toList();
  }

  private static Story delegated() {
    Story story =
        Story.blank()
            .autonomous(NODE_A)
            .ensure(1, web().instances(3).intensity(3).thresholds(Response.RESTART));
    story.launches().forEach(story::ready);
    return story;
  }
}
