package io.holdfast.core.supervision;

import static io.holdfast.core.fixture.Palette.success;
import static io.holdfast.core.fixture.Palette.web;
import static io.holdfast.core.fixture.WebSpec.web;
import static io.holdfast.core.spec.Strategy.ONE_FOR_ONE;
import static io.holdfast.core.supervision.ChildReport.Condition.DEGRADED;
import static io.holdfast.core.supervision.ChildReport.Condition.HELD;
import static io.holdfast.core.supervision.ChildReport.Condition.WELL;
import static io.holdfast.core.supervision.Family.service;
import static org.assertj.core.api.Assertions.assertThat;

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

    story.passes(Duration.ofMinutes(1)).crashes(web(0, 3));

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
