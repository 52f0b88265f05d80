package io.holdfast.core.supervision;

import static io.holdfast.core.fixture.Palette.DB;
import static io.holdfast.core.fixture.Palette.success;
import static io.holdfast.core.fixture.Palette.web;
import static io.holdfast.core.fixture.WebSpec.web;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.spec.Dependency.Condition;
import io.holdfast.core.spec.RestartType;
import io.holdfast.core.supervision.Standing.State;
import org.junit.jupiter.api.Test;

/** A service in a word and a few numbers, and whether dependents may begin. */
final class StandingTest {

  @Test
  void readyWhenAllActivesAre() {
    assertThat(Story.ready(web().instances(2).standby(1)).standing())
        .isEqualTo(new Standing(State.READY, 2, 2, 1, 0, true, Renewals.NONE));
  }

  @Test
  void degradedWhileAnActiveIsNot() {
    Story story = Story.ready(web().instances(2)).unready(web(0, 1));

    assertThat(story.standing())
        .isEqualTo(new Standing(State.DEGRADED, 2, 1, 0, 0, true, Renewals.NONE));
  }

  @Test
  void aStandbyThatIsMissingDegradesNothing() {
    Story story = Story.ready(web().standby(1)).unready(web(1, 2));

    assertThat(story.standing().state()).isEqualTo(State.READY);
  }

  @Test
  void restartsAreThoseAfterAFailureOfAllSlots() {
    Story story = Story.ready(web().instances(2)).crashes(web(0, 1)).crashes(web(1, 2)).restart();

    assertThat(story.standing().restarts()).isEqualTo(2);
  }

  @Test
  void heldComesBeforeWaitingAndRolling() {
    Story story = Story.ready(web().instances(2).dependsOn(DB).intensity(0));
    story.crashes(web(0, 1)).loses(DB).crashes(web(1, 2));

    assertThat(story.standing().state()).isEqualTo(State.HELD);
  }

  @Test
  void completedWhenEverythingEndedWell() {
    Story story = Story.ready(web().instances(2).type(RestartType.TRANSIENT));

    assertThat(story.exits(web(0, 1), success()).standing().state()).isEqualTo(State.DEGRADED);
    assertThat(story.exits(web(1, 2), success()).standing().state()).isEqualTo(State.COMPLETED);
  }

  @Test
  void dependentsThatWantItStartedWaitForAProcessInEverySlot() {
    Story story = Story.of(web().instances(2)).started(web(0, 1));
    assertThat(story.standing().meets(Condition.STARTED)).isFalse();

    story.started(web(1, 2));
    assertThat(story.standing().meets(Condition.STARTED)).isTrue();
    assertThat(story.standing().meets(Condition.READY)).isFalse();
  }

  @Test
  void dependentsThatWantItReadyWaitForEveryActive() {
    Story story = Story.of(web().instances(2).standby(1)).ready(web(0, 1));
    assertThat(story.standing().meets(Condition.READY)).isFalse();

    story.ready(web(1, 2));
    assertThat(story.standing().meets(Condition.READY)).isTrue();
  }

  @Test
  void dependentsThatWantItCompletedWaitForItsGoodEnd() {
    Story job = Story.ready(web().type(RestartType.TEMPORARY));
    assertThat(job.standing().meets(Condition.COMPLETED)).isFalse();

    job.exits(web(0, 1), success());
    assertThat(job.standing().meets(Condition.COMPLETED)).isTrue();
    assertThat(job.standing().meets(Condition.STARTED)).isTrue();
    assertThat(Story.ready(web().type(RestartType.TEMPORARY)).crashes(web(0, 1)).standing())
        .returns(false, standing -> standing.meets(Condition.COMPLETED));
  }

  @Test
  void aServiceWithoutInstancesMeetsNothing() {
    Standing stopped = Story.of(web().instances(0)).standing();

    assertThat(Condition.values()).noneMatch(stopped::meets);
  }
}
