package io.holdfast.core.supervision;

import static io.holdfast.core.fixture.Palette.DB;
import static io.holdfast.core.fixture.Palette.end;
import static io.holdfast.core.fixture.Palette.web;
import static io.holdfast.core.fixture.WebSpec.web;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.fixture.WebSpec;
import io.holdfast.core.instance.ExitCause;
import io.holdfast.core.spec.RestartType;
import io.holdfast.core.spec.Strategy;
import org.junit.jupiter.api.Test;

/** Slots that need each other: they start in order, stop in the reverse order, fail together. */
final class StrategiesTest {

  @Test
  void slotsThatNeedEachOtherStartOneAfterTheOther() {
    Story story = Story.of(oneForAll());
    assertThat(story.launches()).containsExactly(web(0, 1));

    story.ready(web(0, 1));
    assertThat(story.launches()).containsExactly(web(0, 1), web(1, 2));

    story.started(web(1, 2));
    assertThat(story.launches()).hasSize(2);
    story.ready(web(1, 2));
    assertThat(story.launches()).containsExactly(web(0, 1), web(1, 2), web(2, 3));
  }

  @Test
  void aSlotThatIsNotReadyAnyMoreKeepsNoOtherFromStarting() {
    Story story = Story.of(oneForAll()).ready(web(0, 1)).unready(web(0, 1)).ready(web(1, 2));

    assertThat(story.launches()).endsWith(web(2, 3));
  }

  @Test
  void oneForAllTakesEveryOtherSlotAlongInTheReverseOrder() {
    Story story = running(oneForAll());

    story.crashes(web(1, 2));

    assertThat(story.happened())
        .containsExactly(
            "InstanceExited",
            "DrainBegan",
            "drain web/2#3",
            "DrainBegan",
            "drain web/0#1",
            "forget web/1#2");
    assertThat(story.launches()).hasSize(3);
  }

  @Test
  void restForOneTakesTheLaterSlotsAlongAndLeavesTheEarlierAlone() {
    Story story = running(oneForAll().strategy(Strategy.REST_FOR_ONE));

    story.crashes(web(1, 2));

    assertThat(story.done()).containsExactly("drain web/2#3", "forget web/1#2");
    assertThat(story.slot(0).isReady()).isTrue();
  }

  @Test
  void anEarlierOneIsToldToEndOnlyWhenTheLaterOnesAreGone() {
    Story story = running(oneForAll()).crashes(web(1, 2));

    story.drained(web(0, 1));
    assertThat(story.done()).isEmpty();
    story.drained(web(2, 3));
    assertThat(story.done()).containsExactly("stop web/2#3");

    story.exits(web(2, 3), end(ExitCause.REQUESTED));
    assertThat(story.done()).contains("drain web/0#1");
    story.drained(web(0, 1));
    assertThat(story.done()).containsExactly("stop web/0#1");
  }

  @Test
  void theyComeUpInOrderOnceAllAreDown() {
    Story story = running(oneForAll()).crashes(web(1, 2));
    leave(story, 2, 3);
    assertThat(story.launches()).hasSize(3);

    leave(story, 0, 1);
    assertThat(story.launches()).endsWith(web(0, 4));
    story.ready(web(0, 4));
    assertThat(story.launches()).endsWith(web(1, 5));
    story.ready(web(1, 5));
    assertThat(story.launches()).endsWith(web(2, 6));
  }

  @Test
  void oneFailureOfManySlotsCountsAsOne() {
    Story story = running(oneForAll().intensity(2));
    story.crashes(web(1, 2));
    // The others die of the same cause before they could be told to.
    story.crashes(web(0, 1)).crashes(web(2, 3));

    assertThat(story.active().budgets().ladders().values())
        .singleElement()
        .satisfies(ladder -> assertThat(ladder.failures().moments()).hasSize(1));
    assertThat(story.active().slots().values().stream().mapToLong(Slot::restarts).sum())
        .isLessThanOrEqualTo(3);
  }

  @Test
  void aWaitAfterAFailureHoldsTheOthersBackAsWell() {
    Story story = running(oneForAll().intensity(1)).crashes(web(1, 2));
    leave(story, 2, 3);
    leave(story, 0, 1);
    story.ready(web(0, 4)).crashes(web(0, 4));

    assertThat(story.slot(0).occupancy()).isInstanceOf(Occupancy.BackingOff.class);
    assertThat(story.tick().done()).isEmpty();
  }

  @Test
  void anEndThatIsFinalTakesNobodyAlong() {
    Story story = running(oneForAll().type(RestartType.TEMPORARY));

    assertThat(story.crashes(web(1, 2)).done()).containsExactly("forget web/1#2");
  }

  @Test
  void aSlotThatIsHeldLeavesTheOthersRunning() {
    Story story = running(oneForAll().intensity(0));

    assertThat(story.crashes(web(1, 2)).done()).containsExactly("forget web/1#2");
    assertThat(story.slot(1).occupancy()).isInstanceOf(Occupancy.Held.class);
  }

  @Test
  void whileADependencyIsDownNobodyIsTakenAlong() {
    Story story = running(oneForAll().dependsOn(DB)).loses(DB);

    assertThat(story.crashes(web(1, 2)).done()).containsExactly("forget web/1#2");
  }

  @Test
  void oneForOneTakesNobodyAlong() {
    Story story = Story.ready(web().instances(3));

    assertThat(story.crashes(web(1, 2)).done()).containsExactly("launch web/1#4", "forget web/1#2");
  }

  private static WebSpec oneForAll() {
    return web().instances(3).strategy(Strategy.ONE_FOR_ALL);
  }

  private static Story running(WebSpec spec) {
    return Story.of(spec).ready(web(0, 1)).ready(web(1, 2)).ready(web(2, 3));
  }

  private static void leave(Story story, int slot, long epoch) {
    story.drained(web(slot, epoch)).exits(web(slot, epoch), end(ExitCause.REQUESTED));
  }
}
