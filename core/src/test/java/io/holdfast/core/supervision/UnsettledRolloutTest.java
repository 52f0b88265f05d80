package io.holdfast.core.supervision;

import static io.holdfast.core.fixture.Palette.NODE_A;
import static io.holdfast.core.fixture.Palette.web;
import static io.holdfast.core.fixture.WebSpec.DEADLINE;
import static io.holdfast.core.fixture.WebSpec.HEALTHY_FOR;
import static io.holdfast.core.fixture.WebSpec.web;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.InstanceId;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A version that has failed in one slot, or of which nothing is heard, gets no other slot. */
final class UnsettledRolloutTest {

  private static final InstanceId FIRST = web(0, 4);
  private static final InstanceId SECOND = web(1, 5);
  private static final Duration WATCH = HEALTHY_FOR.multipliedBy(6);

  @Test
  void whileOneThatHadItsTurnHasJustFailedTheNextTurnDoesNotEnd() {
    Story story = failed();

    story.ready(SECOND).passes(HEALTHY_FOR);

    assertThat(story.slot(1).tenant().map(Tenant::id)).hasValue(web(1, 2));
    assertThat(story.active().rollout()).isPresent();
  }

  @Test
  void ifItFailsElsewhereMeanwhileTheRolloutHasFailed() {
    Story story = failed().ready(SECOND).passes(HEALTHY_FOR);

    story.crashes(SECOND);

    assertThat(story.happened()).contains("RolloutEnded");
    assertThat(story.slot(1).tenant().map(Tenant::id)).hasValue(web(1, 2));
    assertThat(story.slot(2).tenant().map(Tenant::id)).hasValue(web(2, 3));
  }

  @Test
  void oneFailureThatWasTheOnlyOneHoldsItUpForAWhile() {
    Story story = failed().ready(SECOND).passes(WATCH.minusMillis(1)).tick();
    assertThat(story.slot(1).tenant().map(Tenant::id)).hasValue(web(1, 2));

    story.passes(Duration.ofMillis(1)).tick();

    assertThat(story.slot(1).tenant().map(Tenant::id)).hasValue(SECOND);
  }

  @Test
  void norDoesItEndAfterTheLastTurn() {
    Story story =
        Story.ready(web().instances(2)).ensure(2, web().instances(2).program("bin/newer"));
    story.ready(web(0, 3)).passes(HEALTHY_FOR.plusMillis(1)).ready(web(1, 4));
    story.passes(HEALTHY_FOR.minusMillis(1)).crashes(web(0, 3)).ready(web(0, 5));

    story.passes(WATCH.minusMillis(1)).tick();
    assertThat(story.active().rollout()).isPresent();

    story.passes(Duration.ofMillis(1)).tick();
    assertThat(story.active().rollout()).isEmpty();
  }

  @Test
  void whatWasReadyBeforeItsAgentFellSilentIsNotWell() {
    Story story = rolling().ready(FIRST).passes(HEALTHY_FOR.minusMillis(1)).unheard();
    story.later(Duration.ofMillis(1)).tick();
    assertThat(story.slot(0).tenant().map(Tenant::id)).hasValue(web(0, 1));

    story.with(NODE_A).tick();

    assertThat(story.slot(0).tenant().map(Tenant::id)).hasValue(FIRST);
  }

  @Test
  void ofOneWhoseAgentStaysAwayTheVersionIsNotToBlame() {
    Story story = rolling().ready(FIRST).unheard();

    story.later(DEADLINE).tick();

    assertThat(story.active().rollout()).isEmpty();
    assertThat(story.active().incidents().all().getFirst().cause())
        .contains("the agent of the new instance of slot 0, on a, is away");
  }

  /** The first slot has had its turn, and its new instance has failed once since. */
  private static Story failed() {
    Story story = rolling().ready(FIRST).passes(HEALTHY_FOR.plusMillis(1));
    return story.crashes(FIRST).ready(web(0, 6));
  }

  private static Story rolling() {
    return Story.ready(web().instances(3)).ensure(2, web().instances(3).program("bin/newer"));
  }
}
