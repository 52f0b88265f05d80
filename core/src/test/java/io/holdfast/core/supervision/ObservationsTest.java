package io.holdfast.core.supervision;

import static io.holdfast.core.fixture.Palette.NODE_B;
import static io.holdfast.core.fixture.Palette.web;
import static io.holdfast.core.fixture.WebSpec.web;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.instance.ExitStatus;
import io.holdfast.core.instance.Phase;
import io.holdfast.core.instance.Report;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What agents say: in order, late, twice, and about what nobody knows. */
final class ObservationsTest {

  @Test
  void aLaunchIsStartedReadyUnreadyAndReadyAgain() {
    Story story = Story.of(web());
    assertThat(story.slot(0).tenant().orElseThrow().isLaunching()).isTrue();

    assertThat(story.started(web(0, 1)).happened()).containsExactly("InstanceStarted");
    assertThat(story.ready(web(0, 1)).happened()).containsExactly("InstanceReadied");
    assertThat(story.unready(web(0, 1)).happened()).containsExactly("InstanceUnreadied");
    assertThat(story.ready(web(0, 1)).happened()).containsExactly("InstanceReadied");
  }

  @Test
  void aFirstReportOfReadyTellsBoth() {
    assertThat(Story.of(web()).ready(web(0, 1)).happened())
        .containsExactly("InstanceStarted", "InstanceReadied");
  }

  @Test
  void aLaunchWithoutAProcessYetHasNotStarted() {
    Story story = Story.of(web());

    story.reported(
        new Report.Alive(web(0, 1), Phase.STARTING, 0, Map.of("http", 20_000), story.now(), ""));
    assertThat(story.happened()).isEmpty();

    story.started(web(0, 1));
    assertThat(story.slot(0).tenant().orElseThrow().progress())
        .isInstanceOfSatisfying(
            Tenant.Started.class, it -> assertThat(it.running().pid()).isEqualTo(1001));
  }

  @Test
  void theSameReportAgainChangesNothing() {
    Story story = Story.ready(web());

    assertThat(story.ready(web(0, 1)).happened()).isEmpty();
  }

  @Test
  void anExitThatIsReportedAgainIsOnlyForgottenAgain() {
    Story story = Story.ready(web()).crashes(web(0, 1));

    assertThat(story.crashes(web(0, 1)).happened()).containsExactly("forget web/0#1");
  }

  @Test
  void aReadyReportAfterTheExitRevivesNothing() {
    Story story = Story.ready(web()).crashes(web(0, 1));
    ServiceState before = story.state();

    assertThat(story.ready(web(0, 1)).happened()).containsExactly("stop web/0#1");
    assertThat(story.state()).isEqualTo(before);
  }

  @Test
  void aStrangerThatLivesIsStopped() {
    assertThat(Story.ready(web()).ready(web(0, 99)).happened()).containsExactly("stop web/0#99");
  }

  @Test
  void aStrangerThatIsDeadIsForgotten() {
    assertThat(Story.ready(web()).crashes(web(7, 99)).happened())
        .containsExactly("forget web/7#99");
  }

  @Test
  void aServiceThatIsGoneStopsStrangersToo() {
    Story story = Story.ready(web()).remove(2).crashes(web(0, 1));

    assertThat(story.ready(web(0, 1)).happened()).containsExactly("stop web/0#1");
  }

  @Test
  void aServiceNobodyAskedForLeavesStrangersAlone() {
    assertThat(Story.blank().ready(web(0, 1)).happened()).isEmpty();
    assertThat(Story.blank().crashes(web(0, 1)).happened()).isEmpty();
    assertThat(Story.blank().missed(web(0, 1)).happened()).isEmpty();
  }

  @Test
  void aLaunchThatTheAgentMissedIsRepeatedWithTheSameEpoch() {
    Story story = Story.of(web());
    ServiceState before = story.state();

    assertThat(story.missed(web(0, 1)).happened()).containsExactly("launch web/0#1");
    assertThat(story.state()).isEqualTo(before);
  }

  @Test
  void aRunningInstanceThatTheAgentMissesHasEndedNobodySawHow() {
    Story story = Story.ready(web()).missed(web(0, 1));

    assertThat(story.done()).containsExactly("launch web/0#2");
    assertThat(story.slot(0).lastExit().orElseThrow().status()).isEqualTo(new ExitStatus.Unknown());
    assertThat(story.slot(0).restarts()).isEqualTo(1);
  }

  @Test
  void whatAnotherNodeDoesNotKnowMeansNothing() {
    Story story = Story.ready(web());

    story.tell(new ServiceInput.Missed(NODE_B, web(0, 1)));

    assertThat(story.happened()).isEmpty();
  }

  @Test
  void aPlaceForASlotThatIsFilledOrUnknownChangesNothing() {
    Story story = Story.ready(web());

    assertThat(story.tell(new ServiceInput.Placed(0, NODE_B)).happened()).isEmpty();
    assertThat(story.tell(new ServiceInput.Placed(5, NODE_B)).happened()).isEmpty();
    assertThat(story.tell(new ServiceInput.Placed(-1, NODE_B)).happened()).isEmpty();
  }

  @Test
  void aPlaceThatIsNotFoundIsLookedForAgain() {
    Story story = Story.blank().placesNowhere().ensure(1, web());

    assertThat(story.tick().happened()).containsExactly("place 0");
    assertThat(story.tell(new ServiceInput.Placed(0, NODE_B)).done())
        .containsExactly("launch web/0#1");
  }
}
