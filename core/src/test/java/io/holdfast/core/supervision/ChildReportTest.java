package io.holdfast.core.supervision;

import static io.holdfast.core.fixture.Palette.DB;
import static io.holdfast.core.fixture.Palette.SHOP;
import static io.holdfast.core.fixture.Palette.end;
import static io.holdfast.core.fixture.Palette.success;
import static io.holdfast.core.fixture.Palette.web;
import static io.holdfast.core.fixture.WebSpec.web;
import static io.holdfast.core.spec.Strategy.ONE_FOR_ONE;
import static io.holdfast.core.supervision.ChildReport.Condition.DEGRADED;
import static io.holdfast.core.supervision.ChildReport.Condition.HELD;
import static io.holdfast.core.supervision.ChildReport.Condition.WELL;
import static io.holdfast.core.supervision.ChildReport.Stage.COMING_UP;
import static io.holdfast.core.supervision.ChildReport.Stage.DOWN;
import static io.holdfast.core.supervision.ChildReport.Stage.GOING_DOWN;
import static io.holdfast.core.supervision.ChildReport.Stage.SETTLED;
import static io.holdfast.core.supervision.Family.service;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.instance.ExitCause;
import io.holdfast.core.spec.RestartType;
import io.holdfast.core.supervision.ChildReport.Condition;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How well a service or a group does, as its group is told. */
final class ChildReportTest {

  @Test
  void aServiceIsWellWhileAllThatIsDesiredIsReady() {
    assertThat(condition(Story.ready(web()))).isEqualTo(WELL);
    assertThat(condition(Story.ready(web()).crashes(web(0, 1)))).isEqualTo(DEGRADED);
  }

  @Test
  void aServiceOfWhichNothingIsDesiredIsWell() {
    assertThat(condition(Story.blank().ensure(1, web().instances(0)))).isEqualTo(WELL);
  }

  @Test
  void aServiceThatHasDoneWhatItHadToIsWell() {
    Story done = Story.ready(web().type(RestartType.TRANSIENT));

    done.exits(web(0, 1), success());

    assertThat(condition(done)).isEqualTo(WELL);
  }

  @Test
  void aServiceIsHeldWhenOneOfItsSlotsIs() {
    Story story = Story.ready(web().instances(2).intensity(0)).crashes(web(0, 1));

    assertThat(condition(story)).isEqualTo(HELD);
  }

  @Test
  void aGroupDoesAsItsWorstChild() {
    assertThat(group(WELL, WELL, WELL)).isEqualTo(WELL);
    assertThat(group(WELL, DEGRADED, WELL)).isEqualTo(DEGRADED);
    assertThat(group(DEGRADED, WELL, HELD)).isEqualTo(HELD);
  }

  @Test
  void aChildThatHasNotBeenHeardOfIsNotWell() {
    GroupState.Active group =
        Family.blank().ensure(1, ONE_FOR_ONE, 1, service("db"), service("web")).active();

    assertThat(ChildReport.of(group, Map.of()).condition()).isEqualTo(DEGRADED);
  }

  @Test
  void aServiceIsComingUpUntilEveryActiveHasBeenReady() {
    Story story = Story.of(web().instances(2));
    assertThat(stage(story.ready(web(0, 1)))).isEqualTo(COMING_UP);

    assertThat(stage(story.ready(web(1, 2)))).isEqualTo(SETTLED);
    assertThat(stage(story.unready(web(1, 2)))).isEqualTo(SETTLED);
  }

  @Test
  void aStandbyIsNotWaitedFor() {
    assertThat(stage(Story.of(web().standby(1)).ready(web(0, 1)))).isEqualTo(SETTLED);
  }

  @Test
  void aServiceThatWaitsForADependencyIsAsFarAsItWillCome() {
    Story story = Story.blank().placesNowhere().loses(DB).ensure(1, web().dependsOn(DB));

    assertThat(ChildReport.of(story.active(), false).stage()).isEqualTo(SETTLED);
    assertThat(ChildReport.of(story.active(), true).stage()).isEqualTo(COMING_UP);
  }

  @Test
  void oneThatBacksOffIsStillComingUpAndOneThatIsHeldIsNot() {
    Story story = Story.ready(web().intensity(1)).crashes(web(0, 1)).crashes(web(0, 2));
    assertThat(stage(story)).isEqualTo(COMING_UP);

    story.passes(Duration.ofSeconds(1)).crashes(web(0, 3));

    assertThat(stage(story)).isEqualTo(SETTLED);
  }

  @Test
  void aHaltedServiceIsDownOnceNothingOfItLives() {
    Story story = Story.blank().in(SHOP).ensure(1, web()).begin(SHOP, 1).ready(web(0, 1));

    assertThat(stage(story.halt(SHOP, 2))).isEqualTo(GOING_DOWN);
    assertThat(stage(story.exits(web(0, 1), end(ExitCause.REQUESTED)))).isEqualTo(DOWN);
  }

  @Test
  void onlyASlotThatHasAskedItsGroupEscalates() {
    Story story = Story.blank().in(SHOP).ensure(1, web().intensity(1)).begin(SHOP, 1);
    assertThat(escalation(story.crashes(web(0, 1)).crashes(web(0, 2)))).isEmpty();

    story.passes(Duration.ofSeconds(1)).crashes(web(0, 3));

    assertThat(escalation(story)).hasValue(new Escalation("web/0#3", "was ended by signal KILL"));
  }

  private static Optional<Escalation> escalation(Story story) {
    return ChildReport.of(story.active(), true).escalation();
  }

  private static ChildReport.Stage stage(Story story) {
    return ChildReport.of(story.active(), true).stage();
  }

  private static Condition condition(Story story) {
    return ChildReport.of(story.active(), true).condition();
  }

  private static Condition group(Condition db, Condition cache, Condition web) {
    GroupState.Active group =
        Family.blank()
            .ensure(1, ONE_FOR_ONE, 1, service("db"), service("cache"), service("web"))
            .active();
    Map<Child, ChildReport> reports =
        Map.of(
            service("db"), report(db),
            service("cache"), report(cache),
            service("web"), report(web));
    return ChildReport.of(group, reports).condition();
  }

  private static ChildReport report(Condition condition) {
    return new ChildReport(1, ChildReport.Stage.SETTLED, condition, Optional.empty());
  }
}
