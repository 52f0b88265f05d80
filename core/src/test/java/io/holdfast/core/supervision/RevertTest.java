package io.holdfast.core.supervision;

import static io.holdfast.core.fixture.Palette.NODE_A;
import static io.holdfast.core.fixture.Palette.NODE_B;
import static io.holdfast.core.fixture.Palette.web;
import static io.holdfast.core.fixture.WebSpec.DEADLINE;
import static io.holdfast.core.fixture.WebSpec.HEALTHY_FOR;
import static io.holdfast.core.fixture.WebSpec.web;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.InstanceId;
import io.holdfast.core.fixture.WebSpec;
import io.holdfast.core.spec.Thresholds.Response;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** A new version that does not work is taken back for the one that did, and why is on record. */
final class RevertTest {

  @Test
  void aNewcomerThatDiesHasTheCatalogueAskedToGoBack() {
    Story story = rolling(spec().instances(2)).crashes(web(0, 3));

    assertThat(story.happened())
        .containsExactly("InstanceExited", "forget web/0#3", "RolloutEnded", "revert 2");
    assertThat(reverted(story)).isEqualTo(spec().instances(2).build());
    assertThat(story.routed()).containsExactly(web(0, 1), web(1, 2));
  }

  @Test
  void whereThereIsNothingToGoBackToSlotsAreLeftBehindUntilSomebodyActs() {
    Story story = Story.of(spec()).ensure(2, spec().program("bin/newer"));
    story.crashes(web(0, 2));

    assertThat(story.active().rollout()).isEmpty();
    assertThat(story.active().leftBehind()).containsExactly(0);

    story.ready(web(0, 1)).tell(new ServiceInput.RestartRequested(OptionalInt.empty()));
    assertThat(story.active().rollout()).isPresent();
    assertThat(story.active().leftBehind()).isEmpty();
  }

  @Test
  void theIncidentIsOfTheSlotThatFailed() {
    Story story = Story.ready(spec().instances(3)).ensure(2, spec().instances(3).program("newer"));

    story.crashes(web(0, 4));

    assertThat(story.active().incidents().all().getFirst().instance().slot()).isZero();
  }

  @Test
  void whatTheNewcomerDiedOfIsTheIncident() {
    Story story = rolling(spec()).crashes(web(0, 2));

    Incident incident = story.active().incidents().all().getFirst();
    assertThat(incident.isOpen()).isTrue();
    assertThat(incident.summary())
        .isEqualTo(
            "web/0 could not be brought to version 2: the new instance of slot 0 was ended by"
                + " signal KILL; last: gave up the rollout and goes back to version 1"
                + " (rollout.autoRevert)");
    assertThat(incident.exit()).isPresent();
    assertThat(story.active().leftBehind()).as("while it goes back").isEmpty();

    goBack(story, 3, spec());
    assertThat(story.active().incidents().all().getFirst().isOpen()).isFalse();
  }

  @Test
  void theCatalogueIsAskedUntilItHasGoneBack() {
    Story story = rolling(spec()).crashes(web(0, 2));
    assertThat(story.tick().done()).containsExactly("revert 2");

    goBack(story, 3, spec());

    assertThat(story.done()).isEmpty();
    assertThat(story.active().reversion()).isEmpty();
    assertThat(story.slot(0).version()).isEqualTo(3);
    assertThat(story.tick().done()).isEmpty();
  }

  @Test
  void slotsThatHaveTheNewVersionAreRolledBackAndTheOthersLeftAlone() {
    Story story = rolling(spec().instances(3));
    finishTurn(story, web(0, 4));
    story.drained(web(0, 1)).missed(web(0, 1)).crashes(web(1, 5));

    goBack(story, 3, spec().instances(3));
    assertThat(story.launches()).endsWith(web(0, 6));
    finishTurn(story, web(0, 6));

    assertThat(story.active().rollout()).isEmpty();
    assertThat(story.active().slots().values()).extracting(Slot::version).containsOnly(3L);
    assertThat(story.launches()).hasSize(6);
  }

  @Test
  void aSlotThatWasStoppedFirstGetsTheOldVersionAgain() {
    Story story = rolling(spec().fixedPort()).drained(web(0, 1)).missed(web(0, 1));
    story.passes(DEADLINE);
    assertThat(story.happened()).contains("RolloutEnded", "revert 2");

    goBack(story, 3, spec().fixedPort());
    story.drained(web(0, 2)).missed(web(0, 2));

    assertThat(story.launches()).endsWith(web(0, 3));
    assertThat(story.slot(0).tenant().map(Tenant::version)).hasValue(3L);
  }

  @Test
  void whereTheOldOneEndedFirstTheNewOnesFirstEndIsEnough() {
    Story story = rolling(spec().exclusive()).drained(web(0, 1)).missed(web(0, 1));

    story.crashes(web(0, 2));

    assertThat(story.happened()).contains("InstanceExited", "RolloutEnded", "revert 2");
    assertThat(story.active().reversion().map(Reversion::why))
        .hasValue("the new instance of slot 0 was ended by signal KILL");
  }

  @Test
  void aNewOneThatIsAloneAndGoesDownWithItsHostIsNotAtFault() {
    Story story = rolling(spec().exclusive().instances(1)).drained(web(0, 1)).missed(web(0, 1));

    story.condemned(NODE_A, Duration.ofHours(1));

    assertThat(story.active().rollout()).isPresent();
    assertThat(story.active().reversion()).isEmpty();
  }

  @Test
  void aNewerVersionInTheMiddleOfTheWayBackDoesNotLeadToTheOneThatFailed() {
    Story story = rolling(spec().instances(3));
    finishTurn(story, web(0, 4));
    story.drained(web(0, 1)).missed(web(0, 1)).crashes(web(1, 5));
    goBack(story, 3, spec().instances(3));

    story.ensure(4, spec().instances(3).program("bin/newest"));
    story.drained(web(0, 6)).missed(web(0, 6)).crashes(story.launches().getLast());

    assertThat(reverted(story)).isEqualTo(spec().instances(3).build());
  }

  @Test
  void noMoreDoesOneInTheMiddleOfARollbackThatAnOperatorWanted() {
    Story story = rolling(spec().instances(3));
    finishTurn(story, web(0, 4));
    story.drained(web(0, 1)).missed(web(0, 1));
    goBack(story, 3, spec().instances(3));

    story.drained(web(1, 5)).missed(web(1, 5));
    story.ensure(4, spec().instances(3).program("bin/newest"));
    story.drained(web(0, 6)).missed(web(0, 6)).crashes(story.launches().getLast());

    assertThat(reverted(story)).isEqualTo(spec().instances(3).build());
  }

  @Test
  void aWayBackThatFailsIsTheEndAlsoWhereItWasScaledMeanwhile() {
    Story story = rolling(spec().instances(2));
    finishTurn(story, web(0, 3));
    story.drained(web(0, 1)).missed(web(0, 1)).crashes(web(1, 4));
    goBack(story, 3, spec().instances(2));
    goBack(story, 4, spec().instances(3));

    story.crashes(web(0, 5));

    assertThat(story.happened()).contains("RolloutEnded");
    assertThat(story.active().reversion()).isEmpty();
  }

  @Test
  void aVersionThatFailsAgainAndAgainAfterItsTurnIsTakenBack() {
    Story story = rolling(spec().instances(2).intensity(1));
    finishTurn(story, web(0, 3));

    story.crashes(web(0, 3));
    assertThat(story.active().rollout()).as("one failure is repaired").isPresent();
    InstanceId again = story.launches().getLast();
    story.crashes(again);

    assertThat(story.active().rollout()).isEmpty();
    assertThat(story.active().reversion()).isPresent();
  }

  @Test
  void aSlotThatHadItsTurnAndIsUnreadyForTooLongEndsTheRollout() {
    Story story = rolling(spec().instances(2));
    finishTurn(story, web(0, 3));
    story.missed(web(1, 4)).unready(web(0, 3));
    assertThat(story.active().rollout()).isPresent();

    story.passes(DEADLINE.multipliedBy(2));

    assertThat(story.active().rollout()).isEmpty();
  }

  @Test
  void whatExceedsItsThresholdsAfterItsTurnIsTakenBack() {
    Story story = rolling(spec().instances(4).thresholds(Response.ISOLATE));
    finishTurn(story, web(0, 5));

    story.exceeds(web(0, 5));
    finishTurn(story, web(1, 6));

    assertThat(story.active().reversion()).isPresent();
  }

  @Test
  void theScaleOfNowIsKept() {
    Story story = rolling(spec());
    story.ensure(3, newer(spec()).instances(4)).crashes(web(0, 2));

    assertThat(reverted(story)).isEqualTo(spec().instances(4).build());
  }

  @Test
  void withoutAVersionThatWorkedThereIsNoWayBack() {
    Story story = Story.of(spec()).ensure(2, newer(spec())).crashes(web(0, 2));

    assertThat(story.happened()).contains("RolloutEnded").doesNotContain("revert 2", "revert 3");
  }

  @Test
  void aWayBackThatFailsIsTheEnd() {
    Story story = rolling(spec().instances(2));
    finishTurn(story, web(0, 3));
    story.drained(web(0, 1)).missed(web(0, 1)).crashes(web(1, 4));
    goBack(story, 3, spec().instances(2));

    story.crashes(web(0, 5));

    assertThat(story.happened()).contains("RolloutEnded").doesNotContain("revert 2", "revert 3");
  }

  @Test
  void aNewerVersionInTheMiddleCanStillGoBackToWhatWorked() {
    Story story = rolling(spec());

    story.ensure(3, spec().program("bin/newest"));
    story.drained(web(0, 2)).missed(web(0, 2)).crashes(web(0, 3));

    assertThat(reverted(story)).isEqualTo(spec().build());
  }

  @Test
  void aRestartThatFailsHasNothingToGoBackTo() {
    Story story = Story.ready(spec()).restart().crashes(web(0, 2));

    assertThat(story.happened()).contains("RolloutEnded").doesNotContain("revert 2", "revert 3");
  }

  @Test
  void aCatalogueThatCannotGoBackIsNotAskedAgain() {
    Story story = rolling(spec()).crashes(web(0, 2)).refusesToRevert(2);

    assertThat(story.happened()).containsExactly("ReversionRefused");
    assertThat(story.tick().happened()).isEmpty();
    assertThat(story.active().incidents().all().getFirst().isOpen()).isFalse();
  }

  @Test
  void aNewcomerThatGoesDownWithItsHostIsLaunchedElsewhere() {
    Story story = Story.ready(spec()).with(NODE_B).placesOn(NODE_B).ensure(2, newer(spec()));

    story.placesOn(NODE_A).condemned(NODE_B, Duration.ofSeconds(6));

    assertThat(story.done()).contains("launch web/0#3");
    assertThat(story.active().rollout()).isPresent();
    assertThat(story.active().reversion()).isEmpty();
  }

  private static WebSpec spec() {
    return web().autoRevert();
  }

  private static Story rolling(WebSpec spec) {
    return Story.ready(spec).ensure(2, newer(spec));
  }

  private static WebSpec newer(WebSpec spec) {
    return spec.program("bin/newer");
  }

  private static void goBack(Story story, long version, WebSpec spec) {
    story.ensure(version, spec);
  }

  private static Object reverted(Story story) {
    return story.effects().stream()
        .flatMap(
            effect ->
                effect instanceof ServiceEffect.Revert(_, var to, _)
                    ? List.of(to).stream()
                    : List.of().stream())
        .findFirst()
        .orElseThrow();
  }

  private static void finishTurn(Story story, InstanceId newcomer) {
    story.ready(newcomer).passes(HEALTHY_FOR);
  }
}
