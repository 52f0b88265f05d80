package io.holdfast.core.supervision;

import static io.holdfast.core.fixture.Palette.end;
import static io.holdfast.core.fixture.Palette.web;
import static io.holdfast.core.fixture.WebSpec.web;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.InstanceId;
import io.holdfast.core.instance.ExitCause;
import io.holdfast.core.supervision.ServiceState.Gone;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** More instances, fewer, none, and the service gone and back. */
final class ScalingTest {

  @Test
  void moreInstancesAreLaunchedBesideTheOthers() {
    Story story = Story.ready(web());

    story.ensure(2, web().instances(3));

    assertThat(story.done())
        .containsExactly("place 1", "place 2", "launch web/1#2", "place 2", "launch web/2#3");
    assertThat(story.living()).contains(web(0, 1));
  }

  @Test
  void ofFewerInstancesTheHighestSlotsAreDrained() {
    Story story = Story.ready(web().instances(4));

    story.ensure(2, web().instances(2));

    assertThat(story.done()).containsExactly("drain web/2#3", "drain web/3#4");
    assertThat(story.active().slots()).containsOnlyKeys(0, 1);
    assertThat(story.standing().state()).isEqualTo(Standing.State.READY);
  }

  @Test
  void whatIsDrainedIsStoppedAndItsEndAnswersItself() {
    Story story = Story.ready(web().instances(2)).ensure(2, web());

    assertThat(story.drained(web(1, 2)).done()).containsExactly("stop web/1#2");
    story.exits(web(1, 2), end(ExitCause.REQUESTED));

    assertThat(story.happened()).containsExactly("InstanceExited", "forget web/1#2");
    assertThat(story.living()).containsExactly(web(0, 1));
  }

  @Test
  void aSlotThatComesBackBeginsAfresh() {
    Story story = Story.ready(web().instances(2)).crashes(web(1, 2)).ready(web(1, 3));

    story.ensure(2, web()).ensure(3, web().instances(2));

    assertThat(story.slot(1).restarts()).isZero();
    assertThat(story.launches()).endsWith(web(1, 4));
  }

  @Test
  void aSlotIsNotFilledAThirdTimeWhileTwoInstancesAreLeavingIt() {
    Story story = Story.ready(web().instances(2));
    story.ensure(2, web()).ensure(3, web().instances(2)).ensure(4, web());

    story.ensure(5, web().instances(2));
    assertThat(story.done()).isEmpty();

    story.drained(web(1, 2)).exits(web(1, 2), end(ExitCause.REQUESTED));
    assertThat(story.done()).contains("launch web/1#4");
  }

  @Test
  void anActiveInAHighSlotGivesItsRoleToTheBestThatStays() {
    Story story = Story.ready(web().instances(1).standby(2)).crashes(web(0, 1));
    assertThat(story.slot(1).role()).isEqualTo(Role.ACTIVE);

    story.ensure(2, web().instances(1).standby(0));

    assertThat(roles(story)).containsExactly(Role.ACTIVE);
  }

  @Test
  void moreActivesAreMadeOfReadyStandbysFirst() {
    Story story = Story.of(web().standby(2)).ready(web(0, 1)).ready(web(2, 3));

    story.ensure(2, web().instances(2).standby(1));

    assertThat(roles(story)).containsExactly(Role.ACTIVE, Role.STANDBY, Role.ACTIVE);
  }

  @Test
  void noInstancesIsStopped() {
    Story story = Story.ready(web().instances(2).standby(1));

    story.ensure(2, web().instances(0).standby(1));

    assertThat(story.done()).containsExactly("drain web/0#1", "drain web/1#2", "drain web/2#3");
    assertThat(story.standing().state()).isEqualTo(Standing.State.STOPPED);
  }

  @Test
  void anOldOrEqualVersionChangesNothing() {
    Story story = Story.ready(web()).ensure(5, web());

    assertThat(story.ensure(5, web().instances(3)).happened()).isEmpty();
    assertThat(story.ensure(4, web().instances(3)).happened()).isEmpty();
    assertThat(story.remove(5).happened()).isEmpty();
  }

  @Test
  void aDeletedServiceDrainsAndStopsEverything() {
    Story story = Story.ready(web().instances(2)).remove(2);
    assertThat(story.happened()).containsExactly("RemovalBegan", "drain web/0#1", "drain web/1#2");

    story.drained(web(0, 1)).passes(Reconciliation.LONGEST_DRAIN);
    assertThat(story.done()).containsExactly("stop web/1#2");

    story.exits(web(0, 1), end(ExitCause.REQUESTED)).crashes(web(1, 2));
    assertThat(story.state()).isInstanceOf(Gone.class);
    assertThat(story.living()).isEmpty();
    assertThat(story.launches()).hasSize(2);
  }

  @Test
  void aServiceCreatedAgainNeverReusesAnEpoch() {
    Story story = Story.ready(web().instances(2)).remove(2);

    story.ensure(3, web());

    assertThat(story.launches()).endsWith(web(0, 3));
    assertThat(story.living()).containsExactly(web(0, 1), web(0, 3), web(1, 2));
  }

  @Test
  void aServiceCreatedAgainWithAFixedPortWaitsForTheOldInstanceToEnd() {
    Story story = Story.ready(web().fixedPort()).remove(2).ensure(3, web().fixedPort());
    assertThat(story.launches()).hasSize(1);

    story.drained(web(0, 1)).exits(web(0, 1), end(ExitCause.REQUESTED));

    assertThat(story.launches()).endsWith(web(0, 2));
  }

  @Test
  void aDeletionLongDoneIsNotUndoneByLateNews() {
    Story story = Story.ready(web()).remove(2).crashes(web(0, 1));

    assertThat(story.ensure(1, web()).happened()).isEmpty();
    assertThat(story.restart().happened()).isEmpty();
    assertThat(story.passes(Duration.ofDays(1)).tick().happened()).isEmpty();
  }

  @Test
  void aRemovedSlotWithANewcomerLeavesNothingBehind() {
    Story story = Story.ready(web().instances(2)).restart(1);
    InstanceId newcomer = web(1, 3);

    story.ensure(2, web());

    assertThat(story.done()).containsExactly("drain web/1#3", "drain web/1#2");
    assertThat(story.living()).containsExactly(web(0, 1), web(1, 2), newcomer);
    assertThat(story.active().rollout()).isEmpty();
  }

  @Test
  void anEmptyRemovedSlotWithANewcomerLeavesNothingBehindEither() {
    Story story = Story.ready(web().instances(2).intensity(0)).restart(1).crashes(web(1, 2));

    story.ensure(2, web().intensity(0));

    assertThat(story.done()).containsExactly("drain web/1#3");
    assertThat(story.living()).containsExactly(web(0, 1), web(1, 3));
    assertThat(story.active().slots()).containsOnlyKeys(0);
  }

  private static List<Role> roles(Story story) {
    return story.active().slots().values().stream().map(Slot::role).toList();
  }
}
