package io.holdfast.core.supervision;

import static io.holdfast.core.fixture.Palette.MALL;
import static io.holdfast.core.fixture.Palette.SHOP;
import static io.holdfast.core.fixture.Palette.end;
import static io.holdfast.core.fixture.Palette.web;
import static io.holdfast.core.fixture.WebSpec.web;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.instance.ExitCause;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a service does at the word of its group. */
final class GroupOrdersTest {

  @Test
  void aNewServiceOfAGroupWaitsForItsWord() {
    Story story = Story.blank().in(SHOP).ensure(1, web());
    assertThat(story.launches()).isEmpty();

    assertThat(story.begin(SHOP, 1).launches()).containsExactly(web(0, 1));
  }

  @Test
  void oneThatRunsAlreadyGoesOnWhenItJoins() {
    Story story = Story.ready(web()).in(SHOP).ensure(1, web());

    assertThat(story.active().membership()).isEqualTo(new Membership.Free(SHOP, 0));
    assertThat(story.slot(0).isReady()).isTrue();
  }

  @Test
  void aHaltDrainsWhatRunsAndLaunchesNothingUntilItMayBegin() {
    Story story = running().halt(SHOP, 2);
    assertThat(story.happened()).contains("Halted", "drain web/0#1");

    story.drained(web(0, 1)).exits(web(0, 1), end(ExitCause.REQUESTED)).passes(Duration.ofHours(1));
    assertThat(story.launches()).hasSize(1);

    assertThat(story.begin(SHOP, 2).launches()).hasSize(2);
  }

  @Test
  void aHaltEndsARollout() {
    Story story = running().ensure(2, web().program("bin/other"));
    assertThat(story.active().rollout()).isPresent();

    assertThat(story.halt(SHOP, 2).happened()).contains("RolloutEnded");
    assertThat(story.active().rollout()).isEmpty();
  }

  @Test
  void anOrderIsObeyedOnce() {
    Story story = running().halt(SHOP, 2).begin(SHOP, 2);

    assertThat(story.halt(SHOP, 2).happened()).doesNotContain("Halted");
    assertThat(story.begin(SHOP, 2).happened()).doesNotContain("Begun");
    assertThat(story.halt(SHOP, 1).happened()).doesNotContain("Halted");
  }

  @Test
  void aStrangersOrderIsNotObeyed() {
    assertThat(running().halt(MALL, 9).happened()).doesNotContain("Halted");
    assertThat(Story.ready(web()).halt(SHOP, 1).happened()).doesNotContain("Halted");
  }

  @Test
  void aHaltGivesBackFullBudgetsAndWakesWhatRests() {
    Story story = running().crashes(web(0, 1)).crashes(web(0, 2)).crashes(web(0, 3));
    story.crashes(web(0, 4));
    assertThat(story.slot(0).occupancy()).isInstanceOf(Occupancy.BackingOff.class);

    story.halt(SHOP, 2);

    assertThat(story.slot(0).isVacant()).isTrue();
    assertThat(story.active().budgets()).isEqualTo(Budgets.FULL);
  }

  @Test
  void whatAskedItsGroupIsLaunchedAgainWhenTheGroupBeginsIt() {
    Story story = escalated();
    assertThat(story.slot(0).occupancy()).isInstanceOf(Occupancy.Escalated.class);

    assertThat(story.begin(SHOP, 2).launches()).hasSize(2);
  }

  @Test
  void aBeginWakesNothingElse() {
    Story story = running().crashes(web(0, 1)).crashes(web(0, 2)).crashes(web(0, 3));
    story.crashes(web(0, 4)).begin(SHOP, 2);

    assertThat(story.slot(0).occupancy()).isInstanceOf(Occupancy.BackingOff.class);
  }

  @Test
  void whatTheGroupCannotHelpIsHeldButOnlyForTheLaunchThatAsked() {
    Story story = escalated();

    assertThat(story.hold(SHOP, web(0, 7)).happened()).doesNotContain("SlotsHeld");
    assertThat(story.hold(MALL, web(0, 1)).happened()).doesNotContain("SlotsHeld");
    assertThat(story.hold(SHOP, web(0, 1)).happened()).contains("SlotsHeld");
  }

  @Test
  void aWordToHoldThatComesLateHoldsNothing() {
    assertThat(running().hold(SHOP, web(0, 1)).happened()).doesNotContain("SlotsHeld");
  }

  @Test
  void aGroupThatDoesNotAnswerIsNotWaitedForLongerThanAMinute() {
    Story story = escalated().passes(Judgement.GROUP_ANSWERS_WITHIN);

    assertThat(story.slot(0).occupancy()).isInstanceOf(Occupancy.Held.class);
  }

  private static Story running() {
    return Story.blank().in(SHOP).ensure(1, web()).begin(SHOP, 1).ready(web(0, 1));
  }

  private static Story escalated() {
    Story story = Story.blank().in(SHOP).ensure(1, web().intensity(0)).begin(SHOP, 1);
    return story.crashes(web(0, 1));
  }
}
