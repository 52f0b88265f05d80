package io.holdfast.core.supervision;

import static io.holdfast.core.fixture.Palette.WEB;
import static io.holdfast.core.fixture.Palette.end;
import static io.holdfast.core.fixture.Palette.web;
import static io.holdfast.core.fixture.WebSpec.web;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.instance.ExitCause;
import io.holdfast.core.routing.RouteTable;
import io.holdfast.core.routing.RoutingView;
import org.junit.jupiter.api.Test;

/** Warm standbys: started and ready, and without traffic until promoted. */
final class StandbysTest {

  @Test
  void aStandbyIsLaunchedLikeAnActiveAndTakesNoTraffic() {
    Story story = Story.ready(web().instances(2).standby(1));

    assertThat(story.living()).containsExactly(web(0, 1), web(1, 2), web(2, 3));
    assertThat(story.slot(2).role()).isEqualTo(Role.STANDBY);
    assertThat(story.routed()).containsExactly(web(0, 1), web(1, 2));
    assertThat(story.standing().standby()).isEqualTo(1);
  }

  @Test
  void aReadyStandbyTakesOverInTheSameDecisionAsTheExit() {
    Story story = Story.ready(web().instances(2).standby(1));

    story.crashes(web(0, 1));

    assertThat(story.happened())
        .containsExactly(
            "InstanceExited",
            "StandbyPromoted",
            "InstanceLaunched",
            "launch web/0#4",
            "forget web/0#1");
    assertThat(story.routed()).containsExactly(web(1, 2), web(2, 3));
    assertThat(story.standing().state()).isEqualTo(Standing.State.READY);
  }

  @Test
  void aHubThatLearnsOfTheDeathFirstShowsWhatTheServiceIsGoingToDecide() {
    Story story = Story.ready(web().instances(2).standby(2));
    RouteTable table = RouteTable.empty("hub-1").published(Routes.of(story.active()), 1);

    RoutingView early = table.died(web(0, 1)).view();
    story.crashes(web(0, 1));

    assertThat(early.services().get(WEB)).isEqualTo(Routes.of(story.active()).route());
  }

  @Test
  void theFailedSlotIsRestartedInPlaceAsTheNewStandby() {
    Story story = Story.ready(web().standby(1)).crashes(web(0, 1)).ready(web(0, 3));

    assertThat(story.slot(0).role()).isEqualTo(Role.STANDBY);
    assertThat(story.slot(1).role()).isEqualTo(Role.ACTIVE);
    assertThat(story.routed()).containsExactly(web(1, 2));

    story.crashes(web(1, 2));
    assertThat(story.routed()).containsExactly(web(0, 3));
  }

  @Test
  void aStandbyThatIsNotReadyIsNotPromoted() {
    Story story = Story.of(web().standby(1)).ready(web(0, 1)).started(web(1, 2));

    story.crashes(web(0, 1));

    assertThat(story.happened()).doesNotContain("StandbyPromoted");
    assertThat(story.slot(0).role()).isEqualTo(Role.ACTIVE);
  }

  @Test
  void theEndOfAStandbyPromotesNobody() {
    Story story = Story.ready(web().standby(2));

    assertThat(story.crashes(web(1, 2)).happened()).doesNotContain("StandbyPromoted");
  }

  @Test
  void ofSeveralTheLowestReadyOneIsPromoted() {
    Story story = Story.ready(web().standby(3)).unready(web(1, 2));

    story.crashes(web(0, 1));

    assertThat(story.slot(2).role()).isEqualTo(Role.ACTIVE);
  }

  @Test
  void itDoesNotMatterWhyTheActiveIsLost() {
    Story asked = Story.ready(web().standby(1));
    Story held = Story.ready(web().standby(1).intensity(0));

    assertThat(asked.exits(web(0, 1), end(ExitCause.SHUTDOWN)).happened())
        .contains("StandbyPromoted");
    assertThat(held.crashes(web(0, 1)).happened()).contains("StandbyPromoted");
    assertThat(held.slot(0).occupancy()).isInstanceOf(Occupancy.Held.class);
  }
}
