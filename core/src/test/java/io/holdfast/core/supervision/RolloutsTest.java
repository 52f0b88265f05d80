package io.holdfast.core.supervision;

import static io.holdfast.core.fixture.Palette.DB;
import static io.holdfast.core.fixture.Palette.NODE_A;
import static io.holdfast.core.fixture.Palette.success;
import static io.holdfast.core.fixture.Palette.web;
import static io.holdfast.core.fixture.WebSpec.DEADLINE;
import static io.holdfast.core.fixture.WebSpec.HEALTHY_FOR;
import static io.holdfast.core.fixture.WebSpec.web;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.InstanceId;
import io.holdfast.core.fixture.WebSpec;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A new process replaces the old one slot by slot, the new instance well before the old leaves. */
final class RolloutsTest {

  private static final InstanceId OLD = web(0, 1);
  private static final InstanceId NEW = web(0, 2);

  @Test
  void aNewProcessComesUpBesideTheOld() {
    Story story = rolling(web());

    assertThat(story.happened())
        .containsExactly(
            "SpecAccepted",
            "SlotsRevived",
            "RolloutBegan",
            "TurnBegan",
            "place 0",
            "IncomingLaunched",
            "launch web/0#2");
    assertThat(story.standing().state()).isEqualTo(Standing.State.ROLLING);
    assertThat(story.routed()).containsExactly(OLD);
  }

  @Test
  void theNewInstanceTakesTrafficBesideTheOldAsSoonAsItIsReady() {
    assertThat(rolling(web()).ready(NEW).routed()).containsExactly(OLD, NEW);
  }

  @Test
  void theOldLeavesOnceTheNewHasBeenReadyForHealthyFor() {
    Story story = rolling(web()).ready(NEW);

    assertThat(story.passes(HEALTHY_FOR.minusMillis(1)).tick().happened()).isEmpty();
    assertThat(story.passes(Duration.ofMillis(1)).happened())
        .containsExactly("TurnEnded", "drain web/0#1", "RolloutEnded");
    assertThat(story.slot(0).tenant().map(Tenant::id)).hasValue(NEW);
    assertThat(story.slot(0).restarts()).isZero();
    assertThat(story.active().specs()).containsOnlyKeys(1L, 2L);
  }

  @Test
  void aNewInstanceThatIsUnreadyForAMomentBeginsItsTimeAgain() {
    Story story = rolling(web()).ready(NEW).passes(HEALTHY_FOR.minusMillis(1));

    story.unready(NEW).ready(NEW).passes(HEALTHY_FOR.minusMillis(1));

    assertThat(story.slot(0).tenant().map(Tenant::id)).hasValue(OLD);
  }

  @Test
  void slotsHaveTheirTurnsOneAfterTheOther() {
    Story story = rolling(web().instances(3));
    assertThat(story.launches()).endsWith(web(0, 4)).hasSize(4);

    finishTurn(story, web(0, 4));
    assertThat(story.launches()).endsWith(web(1, 5)).hasSize(5);
    finishTurn(story, web(1, 5));
    finishTurn(story, web(2, 6));

    assertThat(story.active().rollout()).isEmpty();
    assertThat(story.standing().state()).isEqualTo(Standing.State.READY);
    assertThat(story.routed()).contains(web(0, 4), web(1, 5), web(2, 6));
  }

  @Test
  void standbysAreReplacedTooAndStayWithoutTraffic() {
    Story story = rolling(web().standby(1));
    finishTurn(story, web(0, 3));

    story.ready(web(1, 4));

    assertThat(story.routed()).doesNotContain(web(1, 4), web(1, 2));
  }

  @Test
  void aNewcomerThatDiesEndsTheRolloutAndTheOldStays() {
    Story story = rolling(web().instances(2)).crashes(web(0, 3));

    assertThat(story.happened())
        .containsExactly("InstanceExited", "forget web/0#3", "RolloutEnded");
    assertThat(story.routed()).containsExactly(web(0, 1), web(1, 2));
    assertThat(story.active().budgets().ladders()).isEmpty();
    assertThat(story.passes(Duration.ofHours(1)).happened()).isEmpty();
  }

  @Test
  void afterAFailedRolloutTheOldProcessIsWhatIsRestarted() {
    Story story = rolling(web()).crashes(NEW).crashes(OLD);

    assertThat(story.slot(0).tenant().map(Tenant::version)).hasValue(1L);
  }

  @Test
  void aNewcomerThatIsNotWellInTimeEndsTheRolloutAndIsDrained() {
    Story story = rolling(web());

    assertThat(story.passes(DEADLINE.minusMillis(1)).tick().happened()).isEmpty();
    assertThat(story.passes(Duration.ofMillis(1)).happened())
        .containsExactly("RolloutEnded", "drain web/0#2");
    assertThat(story.routed()).containsExactly(OLD);
  }

  @Test
  void aTurnWithoutAPlaceEndsWithTheDeadlineToo() {
    Story story = Story.ready(web()).placesNowhere().ensure(2, newer(web()));

    story.passes(DEADLINE);

    assertThat(story.happened()).containsExactly("RolloutEnded");
    assertThat(failure(story))
        .isEqualTo(
            "no place was found for the new instance of slot 0 within 2m (rollout.deadline)");
  }

  @Test
  void soDoesOneForWhichTheOldEndedFirst() {
    Story story = rolling(web().fixedPort()).drained(OLD).placesNowhere().missed(OLD);

    story.passes(DEADLINE);

    assertThat(failure(story)).startsWith("no place was found for the new instance of slot 0");
  }

  @Test
  void fromWhenAPlaceWasFoundTheVersionHasAllItsTime() {
    Story story = Story.ready(web()).placesNowhere().ensure(2, newer(web()));
    assertHasAllItsTimeFromItsPlace(story);
  }

  @Test
  void soItHasWhereTheOldEndedFirst() {
    Story story = rolling(web().fixedPort()).drained(OLD).placesNowhere().missed(OLD);
    assertHasAllItsTimeFromItsPlace(story);
  }

  private static void assertHasAllItsTimeFromItsPlace(Story story) {
    story.passes(DEADLINE.minusMillis(1)).placesOn(NODE_A).tick();

    story.passes(DEADLINE.minusMillis(1));
    assertThat(story.active().rollout()).isPresent();

    assertThat(story.passes(Duration.ofMillis(1)).happened()).contains("RolloutEnded");
  }

  @Test
  void aPlaceIsNotToBlameWhereNoneWasSought() {
    Story story =
        Story.ready(web().dependsOn(DB)).placesNowhere().ensure(2, newer(web().dependsOn(DB)));

    story.loses(DB).passes(DEADLINE);

    assertThat(failure(story))
        .isEqualTo("the new instance of slot 0 was not ready within 2m (rollout.deadline)");
  }

  @Test
  void withAFixedPortTheOldEndsBeforeTheNewIsLaunched() {
    Story story = rolling(web().fixedPort());
    assertThat(story.done()).containsExactly("drain web/0#1");

    assertThat(story.drained(OLD).done()).containsExactly("stop web/0#1");
    assertThat(story.tick().done()).isEmpty();
    story.exits(OLD, success());

    assertThat(story.done()).contains("place 0", "launch web/0#2");
    assertThat(story.living()).containsExactly(NEW);
  }

  @Test
  void withAFixedPortTheNextSlotWaitsUntilTheNewInstanceIsWell() {
    Story story = rolling(web().fixedPort().instances(2));
    story.drained(web(0, 1)).missed(web(0, 1)).ready(web(0, 3));
    assertThat(story.slot(1).isReady()).isTrue();

    assertThat(story.passes(HEALTHY_FOR).done()).containsExactly("drain web/1#2");
  }

  @Test
  void aStopFirstTurnThatFailsLeavesTheOtherSlotsAsTheyAre() {
    Story story = rolling(web().fixedPort().instances(2)).drained(web(0, 1)).missed(web(0, 1));

    story.passes(DEADLINE);

    assertThat(story.active().rollout()).isEmpty();
    assertThat(story.routed()).containsExactly(web(1, 2));
  }

  @Test
  void aStopFirstRestartIsNoRestartAfterAFailure() {
    Story story = Story.ready(web().fixedPort()).crashes(OLD).ready(NEW).restart();

    story.drained(NEW).missed(NEW);

    assertThat(story.launches()).endsWith(web(0, 3));
    assertThat(story.slot(0).restarts()).isEqualTo(1);
  }

  @Test
  void anOldInstanceThatDiesMeanwhileIsRestartedAndReplacedAllTheSame() {
    Story story = rolling(web()).crashes(OLD);
    assertThat(story.done()).contains("launch web/0#3");

    finishTurn(story, NEW);

    assertThat(story.slot(0).tenant().map(Tenant::id)).hasValue(NEW);
    assertThat(story.active().outgoing()).containsOnlyKeys(web(0, 3));
  }

  @Test
  void aSlotThatRestsWhenItsTurnComesIsFilledAtOnce() {
    WebSpec spec = web().instances(2).intensity(0);
    Story story = Story.ready(spec).ensure(2, newer(spec)).crashes(web(1, 2));
    assertThat(story.slot(1).occupancy()).isInstanceOf(Occupancy.Held.class);

    finishTurn(story, web(0, 3));

    assertThat(story.done()).containsExactly("drain web/0#1", "place 1", "launch web/1#4");
    assertThat(story.slot(1).tenant().map(Tenant::version)).hasValue(2L);
  }

  @Test
  void aNewVersionInTheMiddleTakesTheUnfinishedSlotsOverAndItsNewcomerOut() {
    Story story = rolling(web().instances(2));

    story.ensure(3, web().instances(2).program("bin/newest"));
    assertThat(story.done()).containsExactly("drain web/0#3");

    story.drained(web(0, 3)).missed(web(0, 3));
    assertThat(story.launches()).endsWith(web(0, 4));
    finishTurn(story, web(0, 4));
    finishTurn(story, web(1, 5));
    assertThat(story.active().specs()).containsOnlyKeys(1L, 3L);
  }

  @Test
  void aChangeThatNeedsNoRestartLetsTheRolloutGoOnWithIt() {
    Story story = rolling(web().instances(2));

    story.ensure(3, newer(web().instances(2)).grace(Duration.ofSeconds(1)));
    assertThat(story.happened()).containsExactly("SpecAccepted");

    assertThat(story.missed(web(0, 3)).done()).containsExactly("launch web/0#3");
    finishTurn(story, web(0, 3));
    finishTurn(story, web(1, 4));
    assertThat(story.active().slots().values()).extracting(Slot::version).containsOnly(3L);
  }

  @Test
  void aChangeThatNeedsNoRestartRestartsNothing() {
    Story story = Story.ready(web()).ensure(2, web().grace(Duration.ofSeconds(1)));

    assertThat(story.happened()).containsExactly("SpecAccepted");
    assertThat(story.slot(0).version()).isEqualTo(2);
  }

  @Test
  void theVersionAfterAFailedRolloutTakesAlongTheSlotsItLeftBehind() {
    Story story = rolling(web()).crashes(NEW);

    story.ensure(3, newer(web()).grace(Duration.ofSeconds(1)));

    assertThat(story.launches()).endsWith(web(0, 3));
  }

  @Test
  void goingBackAfterAFailedRolloutRestartsNothing() {
    Story story = rolling(web()).crashes(NEW);

    story.ensure(3, web());

    assertThat(story.done()).isEmpty();
    assertThat(story.slot(0).version()).isEqualTo(3);
  }

  @Test
  void aRestartByAnOperatorReplacesEveryInstanceWithTheSameVersion() {
    Story story = Story.ready(web().instances(2)).restart();
    finishTurn(story, web(0, 3));
    finishTurn(story, web(1, 4));

    assertThat(story.routed()).contains(web(0, 3), web(1, 4));
    assertThat(story.active().slots().values()).extracting(Slot::restarts).containsOnly(0L);
  }

  @Test
  void aRestartOfOneSlotReplacesOnlyThat() {
    Story story = Story.ready(web().instances(3)).restart(1);
    finishTurn(story, web(1, 4));

    assertThat(story.active().rollout()).isEmpty();
    assertThat(story.launches()).hasSize(4);
  }

  @Test
  void aThirdInstanceOfASlotWaitsUntilTheFirstIsGone() {
    Story story = Story.ready(web()).restart();
    finishTurn(story, NEW);

    story.restart();
    assertThat(story.done()).isEmpty();

    assertThat(story.drained(OLD).missed(OLD).done()).contains("launch web/0#3");
  }

  private static String failure(Story story) {
    return story.effects().stream()
        .flatMap(
            effect ->
                effect instanceof ServiceEffect.Persist(ServiceEvent.RolloutEnded(var why, _, _))
                    ? why.stream()
                    : Stream.empty())
        .findFirst()
        .orElseThrow();
  }

  private static Story rolling(WebSpec spec) {
    return Story.ready(spec).ensure(2, newer(spec));
  }

  private static WebSpec newer(WebSpec spec) {
    return spec.program("bin/newer");
  }

  private static void finishTurn(Story story, InstanceId newcomer) {
    story.ready(newcomer).passes(HEALTHY_FOR);
  }
}
