package io.holdfast.core.supervision;

import static io.holdfast.core.fixture.Palette.NODE_A;
import static io.holdfast.core.fixture.Palette.NODE_B;
import static io.holdfast.core.fixture.Palette.NODE_C;
import static io.holdfast.core.fixture.Palette.SHOP;
import static io.holdfast.core.fixture.Palette.exit;
import static io.holdfast.core.fixture.Palette.web;
import static io.holdfast.core.fixture.WebSpec.RESET;
import static io.holdfast.core.fixture.WebSpec.web;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.fixture.WebSpec;
import io.holdfast.core.instance.Exit;
import io.holdfast.core.instance.ExitCause;
import io.holdfast.core.instance.ExitStatus;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The rungs above a restart in place: another node, the group, held. */
final class MovesTest {

  @Test
  void whenRestartsInPlaceAreSpentItMovesAwayFromTheNode() {
    Story story = Story.ready(fragile()).with(NODE_B).placesOn(NODE_B);

    story.exits(web(0, 1), code(1));

    assertThat(ruling(story)).isEqualTo("move");
    assertThat(story.slot(0).tenant().map(Tenant::node)).hasValue(NODE_B);
    assertThat(story.effects())
        .filteredOn(ServiceEffect.Place.class::isInstance)
        .extracting(effect -> ((ServiceEffect.Place) effect).preference().avoid())
        .containsExactly(Set.of(NODE_A));
  }

  @Test
  void withoutAnotherNodeTheRungIsSkipped() {
    Story story = Story.ready(fragile());

    story.exits(web(0, 1), code(1));

    assertThat(ruling(story)).isEqualTo("held");
    assertThat(clause(story)).contains("no other node can take it");
  }

  @Test
  void theSameFailureOnTwoNodesIsNoReasonToGoToAThird() {
    Story story = Story.ready(fragile()).with(NODE_B, NODE_C).placesOn(NODE_B);
    story.exits(web(0, 1), code(1)).exits(web(0, 2), code(1));

    assertThat(ruling(story)).isEqualTo("held");
    assertThat(clause(story)).contains("the same failure was seen on node a");
  }

  @Test
  void anotherFailureThereIsAReasonToGoToAThird() {
    Story story = Story.ready(fragile()).with(NODE_B, NODE_C).placesOn(NODE_B);
    story.exits(web(0, 1), code(1)).placesOn(NODE_C).exits(web(0, 2), code(2));

    assertThat(ruling(story)).isEqualTo("move");
    assertThat(story.slot(0).tenant().map(Tenant::node)).hasValue(NODE_C);
  }

  @Test
  void moreMovesThanTheLimitAreNotMade() {
    Story story = Story.ready(fragile().moves(1)).with(NODE_B, NODE_C).placesOn(NODE_B);
    story.exits(web(0, 1), code(1)).exits(web(0, 2), code(2));

    assertThat(ruling(story)).isEqualTo("held");
    assertThat(clause(story)).contains("replace.limit: 1 of 1 within 10m moves are made");
  }

  @Test
  void aBadNodeIsForgottenWithTime() {
    Story story = Story.ready(fragile()).with(NODE_B).placesOn(NODE_B);
    story.exits(web(0, 1), code(1)).ready(web(0, 2)).passes(Duration.ofMinutes(10));

    story.placesOn(NODE_A).exits(web(0, 2), code(1));

    assertThat(ruling(story)).isEqualTo("move");
    assertThat(story.slot(0).tenant().map(Tenant::node)).hasValue(NODE_A);
  }

  @Test
  void aFixedPortMovesOnlyWhereNoOtherInstanceIs() {
    Story story = Story.of(fragile().instances(2).fixedPort()).with(NODE_B);

    story.placesOn(NODE_B).ensure(2, fragile().instances(3).fixedPort());
    story.exits(web(0, 1), code(1));

    assertThat(clause(story)).contains("no other node can take it");
  }

  @Test
  void withAGroupTheGroupIsAskedBeforeItIsHeld() {
    Story story = Story.blank().in(SHOP).ensure(1, fragile()).begin(SHOP, 1).ready(web(0, 1));

    story.exits(web(0, 1), code(1));

    assertThat(ruling(story)).isEqualTo("group");
    assertThat(ChildReport.of(story.active(), true).escalation())
        .hasValue(new Escalation("web/0#1", "exited with code 1"));
  }

  @Test
  void aGroupThatDoesNotAnswerIsNotWaitedForForEver() {
    Story story = Story.blank().in(SHOP).ensure(1, fragile()).begin(SHOP, 1).ready(web(0, 1));
    story.exits(web(0, 1), code(1));

    story.passes(Judgement.GROUP_ANSWERS_WITHIN);

    assertThat(story.happened()).containsExactly("SlotsHeld");
    assertThat(story.slot(0).occupancy()).isInstanceOf(Occupancy.Held.class);
  }

  @Test
  void whatWasHeldIsHeldAgainAtTheNextFailureWhereverThatIs() {
    Story story = Story.ready(fragile().intensity(1)).with(NODE_B);
    story.crashes(web(0, 1)).crashes(web(0, 2)).passes(Duration.ofSeconds(1));
    story.placesOn(NODE_B).crashes(web(0, 3)).crashes(web(0, 4)).crashes(web(0, 5));
    story.passes(Duration.ofSeconds(1)).crashes(web(0, 6));
    assertThat(ruling(story)).isEqualTo("held");

    story.passes(WebSpec.HOLD).crashes(web(0, 7));

    assertThat(ruling(story)).isEqualTo("held");
    assertThat(clause(story)).contains("it was held before and has not been well since");
  }

  @Test
  void onceItHasBeenWellTheLadderBeginsAnew() {
    Story story = Story.ready(web().intensity(1)).crashes(web(0, 1)).crashes(web(0, 2));
    story.passes(Duration.ofSeconds(1)).crashes(web(0, 3)).passes(WebSpec.HOLD);
    story.ready(web(0, 4)).passes(RESET).crashes(web(0, 4));

    assertThat(ruling(story)).isEqualTo("at-once");
    assertThat(story.slot(0).probation()).isFalse();
  }

  @Test
  void aHostThatWasStartedAnewCostsNothing() {
    Story story = Story.ready(fragile());

    story.exits(web(0, 1), exit(ExitCause.NODE_LOST, new ExitStatus.Unknown()));

    assertThat(ruling(story)).isEqualTo("relaunch");
    assertThat(story.launches()).endsWith(web(0, 2));
    assertThat(story.slot(0).restarts()).isEqualTo(1);
  }

  @Test
  void inAStormARestartWaitsForItsShare() {
    Story story = Story.ready(web()).storm(Duration.ofMillis(700));

    story.crashes(web(0, 1));
    assertThat(story.slot(0).occupancy())
        .isEqualTo(new Occupancy.BackingOff(NODE_A, story.now().plusMillis(700)));
    assertThat(story.effects()).contains(new ServiceEffect.SpendRestart());

    assertThat(story.passes(Duration.ofMillis(700)).done()).containsExactly("launch web/0#2");
  }

  /** Nothing is tried in place. */
  private static WebSpec fragile() {
    return web().intensity(0);
  }

  private static Exit code(int code) {
    return exit(ExitCause.SELF, new ExitStatus.Code(code));
  }

  private static String ruling(Story story) {
    return exited(story).verdict().rung();
  }

  private static String clause(Story story) {
    return exited(story).clause();
  }

  private static ServiceEvent.InstanceExited exited(Story story) {
    return story.effects().stream()
        .flatMap(
            effect ->
                effect instanceof ServiceEffect.Persist(ServiceEvent.InstanceExited event)
                    ? java.util.stream.Stream.of(event)
                    : java.util.stream.Stream.empty())
        .reduce((_, later) -> later)
        .orElseThrow();
  }
}
