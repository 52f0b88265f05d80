package io.holdfast.core.supervision;

import static io.holdfast.core.fixture.Palette.NODE_A;
import static io.holdfast.core.fixture.Palette.NODE_B;
import static io.holdfast.core.fixture.Palette.end;
import static io.holdfast.core.fixture.Palette.exit;
import static io.holdfast.core.fixture.Palette.success;
import static io.holdfast.core.fixture.Palette.web;
import static io.holdfast.core.fixture.WebSpec.HOLD;
import static io.holdfast.core.fixture.WebSpec.RESET;
import static io.holdfast.core.fixture.WebSpec.web;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.InstanceId;
import io.holdfast.core.instance.ExitCause;
import io.holdfast.core.instance.ExitStatus;
import io.holdfast.core.spec.RestartType;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How a service answers the end of its instances: in place, with waits, held. */
final class RestartsTest {

  @Test
  void aCrashIsAnsweredInPlaceAtOnceWithTheNextEpoch() {
    Story story = Story.ready(web()).placesOn(NODE_B);

    story.crashes(web(0, 1));

    assertThat(story.happened())
        .containsExactly("InstanceExited", "InstanceLaunched", "launch web/0#2", "forget web/0#1");
    assertThat(story.slot(0).tenant().map(Tenant::node)).hasValue(NODE_A);
    assertThat(story.slot(0).restarts()).isEqualTo(1);
  }

  @Test
  void pastTheIntensityTheWaitsGrowUntilTheSlotIsHeld() {
    Story story = Story.ready(web().intensity(3));

    for (int epoch = 1; epoch <= 3; epoch++) {
      story.crashes(web(0, epoch));
      assertThat(story.launches()).endsWith(web(0, epoch + 1));
    }
    for (int wait = 1; wait <= 4; wait *= 2) {
      story.crashes(latest(story));
      assertThat(story.slot(0).occupancy())
          .isEqualTo(new Occupancy.BackingOff(NODE_A, in(story, Duration.ofSeconds(wait))));
      story.passes(Duration.ofSeconds(wait));
      assertThat(story.slot(0).occupancy()).isInstanceOf(Occupancy.Occupied.class);
    }
    story.crashes(latest(story));

    assertThat(story.slot(0).occupancy()).isEqualTo(new Occupancy.Held(in(story, HOLD)));
    assertThat(story.standing().state()).isEqualTo(Standing.State.HELD);
    assertThat(story.launches()).hasSize(7);
  }

  @Test
  void aWaitLaunchesOnTheNodeOfTheFailureWhateverPlacementThinks() {
    Story story = Story.ready(web().intensity(1)).placesNowhere();
    story.crashes(web(0, 1)).crashes(web(0, 2));

    story.passes(Duration.ofSeconds(1));

    assertThat(story.done()).containsExactly("launch web/0#3");
    assertThat(story.slot(0).tenant().map(Tenant::node)).hasValue(NODE_A);
  }

  @Test
  void nothingIsLaunchedBeforeTheWaitIsOver() {
    Story story = Story.ready(web().intensity(1));
    story.crashes(web(0, 1)).crashes(web(0, 2));

    story.passes(Duration.ofMillis(999)).tick();

    assertThat(story.happened()).isEmpty();
  }

  @Test
  void whatIsHeldIsRetriedAfterTheHoldOnAnyNodeAndHeldAgainWhenItFailsAgain() {
    Story story = held().placesOn(NODE_B);

    story.passes(HOLD);
    assertThat(story.happened())
        .containsExactly("SlotWoken", "place 0", "InstanceLaunched", "launch web/0#2");
    assertThat(story.slot(0).tenant().map(Tenant::node)).hasValue(NODE_B);

    story.placesOn(NODE_A).crashes(web(0, 2));
    assertThat(story.slot(0).occupancy()).isEqualTo(new Occupancy.Held(in(story, HOLD)));
  }

  @Test
  void healthForTheResetTimeEndsTheHoldAndTheWaits() {
    Story story = Story.ready(web().intensity(1));
    story.crashes(web(0, 1)).crashes(web(0, 2)).passes(Duration.ofSeconds(1)).crashes(web(0, 3));
    story.passes(HOLD).ready(web(0, 4)).passes(RESET);

    story.crashes(web(0, 4));

    assertThat(story.done()).containsExactly("launch web/0#5", "forget web/0#4");
  }

  @Test
  void failuresThatAreOlderThanThePeriodDoNotCount() {
    Story story = Story.ready(web().intensity(2).period(Duration.ofSeconds(10)));

    for (int epoch = 1; epoch <= 20; epoch++) {
      story.crashes(web(0, epoch)).ready(web(0, epoch + 1)).passes(Duration.ofSeconds(5));
    }

    assertThat(story.slot(0).restarts()).isEqualTo(20);
  }

  @Test
  void aPeriodLongerThanTheResetIsNotCutShortByHealth() {
    Story story = Story.ready(web().intensity(1).period(Duration.ofHours(1)));
    story.crashes(web(0, 1)).ready(web(0, 2)).passes(RESET.multipliedBy(2));

    story.crashes(web(0, 2));

    assertThat(story.slot(0).occupancy()).isInstanceOf(Occupancy.BackingOff.class);
  }

  @Test
  void theIntensityIsOfTheServiceOnOneNodeNotOfTheSlot() {
    Story story = Story.ready(web().instances(2).intensity(1));
    story.crashes(web(0, 1));

    story.crashes(web(1, 2));

    assertThat(story.slot(1).occupancy()).isInstanceOf(Occupancy.BackingOff.class);
  }

  @Test
  void failuresOnAnotherNodeHaveTheirOwnBudget() {
    Story story = Story.of(web().intensity(1)).placesOn(NODE_B);
    story.ensure(2, web().intensity(1).instances(2)).crashes(web(0, 1));

    story.crashes(web(1, 2));

    assertThat(story.done()).contains("launch web/1#4");
  }

  @Test
  void withAnIntensityOfZeroTheFirstFailureHolds() {
    assertThat(held().slot(0).occupancy()).isInstanceOf(Occupancy.Held.class);
  }

  @ParameterizedTest
  @EnumSource(names = {"SELF", "LAUNCH", "START_DEADLINE", "LIVENESS"})
  void endsOfItsOwnAreFailuresAndCount(ExitCause cause) {
    Story story = Story.of(web());

    story.exits(web(0, 1), exit(cause, new ExitStatus.NotStarted("No such file or directory")));

    assertThat(story.slot(0).restarts()).isEqualTo(1);
    assertThat(story.active().budgets().ladders().get(NODE_A)).isNotNull();
  }

  @ParameterizedTest
  @EnumSource(names = {"REQUESTED", "SHUTDOWN"})
  void endsThatWereAskedForAreNoFailuresAndCostNothing(ExitCause cause) {
    Story story = Story.ready(web());

    story.exits(web(0, 1), end(cause));

    assertThat(story.launches()).containsExactly(web(0, 1), web(0, 2));
    assertThat(story.slot(0).restarts()).isZero();
    assertThat(story.active().budgets().ladders()).isEmpty();
  }

  @Test
  void aTransientServiceThatEndsWellHasCompleted() {
    Story story = Story.ready(web().type(RestartType.TRANSIENT));

    story.exits(web(0, 1), success()).passes(Duration.ofDays(1)).tick();

    assertThat(story.slot(0).occupancy()).isInstanceOf(Occupancy.Ended.class);
    assertThat(story.standing().state()).isEqualTo(Standing.State.COMPLETED);
    assertThat(story.launches()).hasSize(1);
  }

  @Test
  void aTransientServiceThatFailsIsRestarted() {
    Story story = Story.ready(web().type(RestartType.TRANSIENT));

    assertThat(story.crashes(web(0, 1)).done()).contains("launch web/0#2");
  }

  @Test
  void aPermanentServiceThatEndsWellIsRestarted() {
    Story story = Story.ready(web());

    assertThat(story.exits(web(0, 1), success()).done()).contains("launch web/0#2");
  }

  @Test
  void aTemporaryServiceIsNeverRestarted() {
    Story story = Story.ready(web().type(RestartType.TEMPORARY));

    story.crashes(web(0, 1)).passes(Duration.ofDays(1)).tick();

    assertThat(story.slot(0).occupancy()).isInstanceOf(Occupancy.Ended.class);
    assertThat(story.standing().state()).isEqualTo(Standing.State.DEGRADED);
    assertThat(story.launches()).hasSize(1);
  }

  @Test
  void aRestartByAnOperatorRevivesWhatIsHeldAtOnceWithFullBudgets() {
    Story story = Story.ready(web().intensity(1));
    story.crashes(web(0, 1)).crashes(web(0, 2)).passes(Duration.ofSeconds(1)).crashes(web(0, 3));

    story.restart();
    assertThat(story.done()).containsExactly("place 0", "launch web/0#4");

    story.crashes(web(0, 4));
    assertThat(story.done()).contains("launch web/0#5");
  }

  @Test
  void aRestartByAnOperatorEndsAWaitAndRunsAgainWhatHasEnded() {
    Story waiting = Story.ready(web().intensity(1));
    waiting.crashes(web(0, 1)).crashes(web(0, 2));
    Story ended = Story.ready(web().type(RestartType.TEMPORARY)).exits(web(0, 1), success());

    assertThat(waiting.restart().done()).contains("launch web/0#3");
    assertThat(ended.restart().done()).contains("launch web/0#2");
  }

  @Test
  void aNewProcessRevivesWhatIsHeld() {
    Story story = held();

    story.ensure(2, web().intensity(0).program("bin/fixed"));

    assertThat(story.done()).containsExactly("place 0", "launch web/0#2");
  }

  @Test
  void aRestartOfASlotThatDoesNotExistChangesNothing() {
    Story story = held();
    ServiceState before = story.state();

    assertThat(story.restart(7).happened()).isEmpty();
    assertThat(story.state()).isEqualTo(before);
  }

  private static Story held() {
    return Story.ready(web().intensity(0)).crashes(web(0, 1));
  }

  private static InstanceId latest(Story story) {
    return story.launches().getLast();
  }

  private static Instant in(Story story, Duration wait) {
    return story.now().plus(wait);
  }
}
