package io.holdfast.core.supervision;

import static io.holdfast.core.fixture.Palette.DB;
import static io.holdfast.core.fixture.Palette.NODE_A;
import static io.holdfast.core.fixture.Palette.end;
import static io.holdfast.core.fixture.Palette.web;
import static io.holdfast.core.fixture.WebSpec.WINDOW;
import static io.holdfast.core.fixture.WebSpec.web;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.InstanceId;
import io.holdfast.core.detection.Finding;
import io.holdfast.core.detection.Finding.Opinion;
import io.holdfast.core.instance.Exit;
import io.holdfast.core.instance.ExitCause;
import io.holdfast.core.routing.Endpoint;
import io.holdfast.core.routing.EndpointState;
import io.holdfast.core.spec.Thresholds.Response;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is done about an instance whose requests go too badly. */
final class ThresholdsTest {

  private static final InstanceId SECOND = web(1, 2);

  @Test
  void whatExceedsIsIsolatedAndItsRequestsGoToTheOthers() {
    Story story = isolating(3).exceeds(SECOND);

    assertThat(story.happened()).containsExactly("InstanceIsolated");
    assertThat(endpoint(story, SECOND).state()).isEqualTo(EndpointState.SUSPECT);
    assertThat(story.standing().ready()).isEqualTo(2);
    assertThat(story.standing().state()).isEqualTo(Standing.State.DEGRADED);
    assertThat(story.exceeds(SECOND).happened()).isEmpty();
  }

  @Test
  void theIncidentTellsWhyAndEndsWhenItIsBack() {
    Story story = isolating(3).exceeds(SECOND).passes(WINDOW);

    Incident incident = story.active().incidents().all().getFirst();
    assertThat(incident.cause()).isEqualTo("exceeded its thresholds");
    assertThat(incident.deeds().getFirst())
        .isEqualTo(
            new Deed(
                story.now().minus(WINDOW),
                "isolated web/1#2 for 10s",
                "health.thresholds: 43 of 120 requests failed"));
    assertThat(incident.restoredAt()).hasValue(story.now());
  }

  @Test
  void itComesBackAfterTheWindowAndGetsItsShareBitByBit() {
    Story story = isolating(3).exceeds(SECOND);

    assertThat(story.passes(WINDOW.minusMillis(1)).happened()).isEmpty();
    assertThat(story.passes(Duration.ofMillis(1)).happened()).containsExactly("IsolationEnded");
    assertThat(endpoint(story, SECOND).state()).isEqualTo(EndpointState.OK);
    assertThat(endpoint(story, SECOND).readySince()).isEqualTo(story.now());
    assertThat(story.standing().state()).isEqualTo(Standing.State.READY);
  }

  @Test
  void eachIsolationInARowIsTwiceAsLongUpToTenMinutes() {
    Story story = isolating(3);
    for (int seconds : new int[] {10, 20, 40, 80, 160, 320, 600, 600}) {
      story.exceeds(SECOND).passes(Duration.ofSeconds(seconds).minusMillis(1));
      assertThat(endpoint(story, SECOND).state()).isEqualTo(EndpointState.SUSPECT);
      story.passes(Duration.ofMillis(1));
      assertThat(endpoint(story, SECOND).state()).isEqualTo(EndpointState.OK);
    }
  }

  @Test
  void whatHasBeenWellForTenMinutesIsForgiven() {
    Story story = isolating(3).exceeds(SECOND).passes(WINDOW).exceeds(SECOND);
    story.passes(WINDOW.multipliedBy(2)).passes(Thresholding.FORGIVEN_AFTER);

    story.exceeds(SECOND).passes(WINDOW);

    assertThat(endpoint(story, SECOND).state()).isEqualTo(EndpointState.OK);
  }

  @ParameterizedTest
  @CsvSource({"1,0", "2,1", "3,1", "4,2", "5,2", "10,5"})
  void atLeastHalfAndNeverNoneIsLeft(int instances, int isolated) {
    Story story = isolating(instances);

    IntStream.range(0, instances).forEach(slot -> story.exceeds(web(slot, slot + 1)));

    assertThat(instances - story.standing().ready()).isEqualTo(isolated);
  }

  @Test
  void whatIsNotReadyForAnotherReasonIsNotSparedTwice() {
    Story story = isolating(3).crashes(web(0, 1));

    assertThat(story.exceeds(SECOND).happened()).isEmpty();
  }

  @Test
  void whatIsFoundOfInstancesLongGoneIsNothing() {
    Story story = isolating(3);

    story.judged(found(web(1, 99), Opinion.EXCEEDS), found(web(7, 2), Opinion.EXCEEDS));

    assertThat(story.happened()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void whileADependencyIsDownItIsTheDependency(Response then) {
    Story story = Story.ready(web().instances(3).thresholds(then).dependsOn(DB)).loses(DB);

    assertThat(story.exceeds(SECOND).happened()).isEmpty();
    assertThat(story.regains(DB).exceeds(SECOND).happened()).isNotEmpty();
  }

  @Test
  void thresholdsThatAreTakenBackEndTheIsolationAndRestartNothing() {
    Story story = isolating(3).exceeds(SECOND);

    story.ensure(2, web().instances(3));

    assertThat(story.happened()).containsExactly("SpecAccepted", "IsolationEnded");
  }

  @Test
  void aSuccessorIsRegardedAsNew() {
    Story story = isolating(3).exceeds(SECOND).crashes(SECOND).ready(web(1, 4));

    assertThat(endpoint(story, web(1, 4)).state()).isEqualTo(EndpointState.OK);
    assertThat(story.passes(WINDOW).happened()).isEmpty();
  }

  @Test
  void probesGoOnWhileItIsIsolated() {
    Story story = isolating(3).exceeds(SECOND).unready(SECOND);
    assertThat(story.routed()).doesNotContain(SECOND);

    story.passes(WINDOW);
    assertThat(story.happened()).containsExactly("IsolationEnded");
    assertThat(story.standing().ready()).isEqualTo(2);

    assertThat(story.ready(SECOND).happened()).containsExactly("InstanceReadied");
    assertThat(story.standing().ready()).isEqualTo(3);
  }

  @Test
  void aRestartDrainsThenStopsAndCountsAsAFailure() {
    Story story = restarting(3).exceeds(SECOND);
    assertThat(story.happened()).containsExactly("InstanceCondemned", "drain web/1#2");
    assertThat(endpoint(story, SECOND).state()).isEqualTo(EndpointState.DRAINING);

    story.drained(SECOND);
    assertThat(story.happened()).containsExactly("StopBegan", "stop web/1#2");
    assertThat(story.drained(SECOND).happened()).isEmpty();

    story.exits(SECOND, end(ExitCause.REQUESTED));
    assertThat(story.done()).containsExactly("launch web/1#4", "forget web/1#2");
    assertThat(story.slot(1).restarts()).isEqualTo(1);
    assertThat(story.slot(1).lastExit().map(Exit::cause)).hasValue(ExitCause.THRESHOLDS);
    assertThat(story.slot(1).lastExit().map(Exit::probe)).hasValue("43 of 120 requests failed");
  }

  @Test
  void theLadderAnswersARestartLikeAnyFailure() {
    Story story = Story.ready(web().intensity(1).thresholds(Response.RESTART));
    restart(story, web(0, 1));
    story.ready(web(0, 2));

    restart(story, web(0, 2));

    assertThat(story.slot(0).occupancy())
        .isEqualTo(new Occupancy.BackingOff(NODE_A, story.now().plusSeconds(1)));
  }

  @Test
  void whatEndsByItselfBeforeItIsToldToHasCrashed() {
    Story story = restarting(3).exceeds(SECOND).crashes(SECOND);

    assertThat(story.slot(1).lastExit().map(Exit::cause)).hasValue(ExitCause.SELF);
  }

  @Test
  void oneIsRestartedAtATimeTheNextWhenTheSuccessorIsReady() {
    Story story = restarting(4).exceeds(SECOND);
    assertThat(story.exceeds(web(2, 3)).happened()).isEmpty();

    story.drained(SECOND).exits(SECOND, end(ExitCause.REQUESTED));
    assertThat(story.exceeds(web(2, 3)).happened()).isEmpty();

    story.ready(web(1, 5));
    assertThat(story.exceeds(web(2, 3)).happened()).contains("InstanceCondemned");
  }

  @Test
  void theLastReadyOneIsNotRestartedWhereOthersAreWanted() {
    Story story = restarting(2).unready(web(0, 1));

    assertThat(story.exceeds(SECOND).happened()).isEmpty();
  }

  @Test
  void aDrainOrAStopThatNobodyConfirmsIsNotWaitedForForEver() {
    Story story = restarting(3).exceeds(SECOND);

    assertThat(story.passes(Reconciliation.LONGEST_DRAIN).happened())
        .containsExactly("StopBegan", "stop web/1#2");
    assertThat(story.passes(Reconciliation.STOP_AGAIN).happened())
        .containsExactly("StopBegan", "stop web/1#2");
    assertThat(story.ready(SECOND).happened()).containsExactly("stop web/1#2");
  }

  @Test
  void aStandbyTakesOverWhenTheCondemnedHasEnded() {
    Story story = Story.ready(web().standby(1).thresholds(Response.RESTART));

    restart(story, web(0, 1));

    assertThat(story.happened()).contains("StandbyPromoted");
    assertThat(story.routed()).containsExactly(SECOND);
  }

  @Test
  void anExclusiveServiceIsNeverTwiceThere() {
    Story story = Story.ready(web().exclusive().thresholds(Response.RESTART));

    story.exceeds(web(0, 1)).drained(web(0, 1));
    assertThat(story.living()).containsExactly(web(0, 1));

    assertThat(story.exits(web(0, 1), end(ExitCause.REQUESTED)).done())
        .containsExactly("launch web/0#2", "forget web/0#1");
  }

  @Test
  void aRolloutReplacesWhatWouldBeRestarted() {
    Story story = restarting(3).restart();

    assertThat(story.exceeds(SECOND).happened()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aNewcomerThatExceedsEndsItsRollout(Response then) {
    Story story = Story.ready(web().instances(3).thresholds(then)).restart(0).ready(web(0, 4));

    story.exceeds(web(0, 4));

    assertThat(story.happened()).containsExactly("DrainBegan", "drain web/0#4", "RolloutEnded");
  }

  @Test
  void oneThatIsLeftAloneByScalingIsNoLongerIsolated() {
    Story story = isolating(3).exceeds(web(0, 1));
    story.ensure(2, web().instances(1).thresholds(Response.ISOLATE));

    assertThat(endpoint(story, web(0, 1)).state()).isEqualTo(EndpointState.OK);
  }

  private static void restart(Story story, InstanceId instance) {
    story.exceeds(instance).drained(instance).exits(instance, end(ExitCause.REQUESTED));
  }

  private static Story isolating(int instances) {
    return Story.ready(web().instances(instances).thresholds(Response.ISOLATE));
  }

  private static Story restarting(int instances) {
    return Story.ready(web().instances(instances).thresholds(Response.RESTART));
  }

  private static Finding found(InstanceId instance, Opinion opinion) {
    return new Finding(instance, opinion, "43 of 120 requests failed");
  }

  private static Endpoint endpoint(Story story, InstanceId instance) {
    return Optional.ofNullable(Routes.of(story.active()).route().endpoints().get(instance))
        .orElseThrow();
  }
}
