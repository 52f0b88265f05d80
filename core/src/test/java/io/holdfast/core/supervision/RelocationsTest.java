package io.holdfast.core.supervision;

import static io.holdfast.core.fixture.Palette.NODE_A;
import static io.holdfast.core.fixture.Palette.NODE_B;
import static io.holdfast.core.fixture.Palette.NODE_C;
import static io.holdfast.core.fixture.Palette.web;
import static io.holdfast.core.fixture.WebSpec.DEADLINE;
import static io.holdfast.core.fixture.WebSpec.HEALTHY_FOR;
import static io.holdfast.core.fixture.WebSpec.web;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.InstanceId;
import io.holdfast.core.NodeId;
import io.holdfast.core.fixture.WebSpec;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Instances go to other nodes, and never before another one does their work. */
final class RelocationsTest {

  @Test
  void offADrainingNodeTheNewInstanceComesUpBesideTheOld() {
    Story story = onA(web()).drains(NODE_A);

    assertThat(story.happened())
        .containsExactly("RelocationBegan", "place 0", "IncomingLaunched", "launch web/0#2");
    assertThat(story.routed()).containsExactly(web(0, 1));
    assertThat(story.ready(web(0, 2)).routed()).containsExactly(web(0, 1), web(0, 2));
  }

  @Test
  void theOldLeavesOnceTheNewHasBeenReadyForHealthyFor() {
    Story story = onA(web()).drains(NODE_A).ready(web(0, 2));

    assertThat(story.passes(HEALTHY_FOR.minusMillis(1)).tick().happened()).isEmpty();
    assertThat(story.passes(Duration.ofMillis(1)).happened())
        .containsExactly("RelocationEnded", "drain web/0#1");
    assertThat(nodeOf(story, 0)).isEqualTo(NODE_B);
    assertThat(story.slot(0).restarts()).isZero();
    assertThat(story.standing().state()).isEqualTo(Standing.State.READY);
  }

  @Test
  void instancesGoOneAfterTheOther() {
    Story story = onA(web().instances(2)).drains(NODE_A);
    assertThat(story.launches()).endsWith(web(0, 3));

    finish(story, web(0, 3));
    assertThat(story.launches()).endsWith(web(1, 4));
    finish(story, web(1, 4));

    assertThat(story.active().relocation()).isEmpty();
    assertThat(story.active().slots().values())
        .allMatch(slot -> slot.tenant().orElseThrow().node().equals(NODE_B));
  }

  @Test
  void withoutAnotherNodeEverythingStaysWhereItIs() {
    Story story = Story.ready(web()).placesNowhere().drains(NODE_A);

    assertThat(story.happened()).as("so that it shows what is missing").contains("place 0");
    assertThat(story.routed()).containsExactly(web(0, 1));

    assertThat(story.with(NODE_B).placesOn(NODE_B).tick().launches()).endsWith(web(0, 2));
  }

  @Test
  void aDrainThatFindsNoPlaceIsToldOfAndTriedAgain() {
    Story story = Story.ready(web()).placesNowhere().drains(NODE_A);

    assertThat(story.passes(DEADLINE).happened()).contains("RelocationEnded");
    assertThat(story.routed()).containsExactly(web(0, 1));
    assertThat(story.passes(Relocations.DRAIN_AGAIN).tick().happened())
        .contains("RelocationBegan", "place 0");
  }

  @Test
  void aNewInstanceThatDiesIsTriedAgainAfterAWhileAndTheOldStays() {
    Story story = onA(web()).drains(NODE_A).crashes(web(0, 2));
    assertThat(story.happened()).contains("RelocationEnded").doesNotContain("launch web/0#3");
    assertThat(story.routed()).containsExactly(web(0, 1));

    assertThat(story.passes(Duration.ofSeconds(29)).tick().done()).isEmpty();
    assertThat(story.passes(Duration.ofSeconds(1)).tick().done()).contains("launch web/0#3");
  }

  @Test
  void aNewInstanceThatIsNotReadyInTimeLeavesAndIsTriedAgain() {
    Story story = onA(web()).drains(NODE_A);

    story.passes(DEADLINE);

    assertThat(story.happened()).contains("DrainBegan", "RelocationEnded");
    assertThat(story.routed()).containsExactly(web(0, 1));
  }

  @Test
  void aNewInstanceThatIsLostWithItsHostIsLaunchedElsewhere() {
    Story story = onA(web()).with(NODE_C).drains(NODE_A);

    story.placesOn(NODE_C).condemned(NODE_B, Duration.ofSeconds(6));

    assertThat(story.done()).contains("launch web/0#3");
  }

  @Test
  void aDrainThatIsTakenBackEndsAMoveForWhichNothingWasLaunched() {
    Story story = onA(web()).placesNowhere().drains(NODE_A);
    assertThat(story.active().relocation()).isPresent();

    assertThat(story.undrains(NODE_A).happened()).containsExactly("RelocationEnded");
  }

  @Test
  void anExclusiveOneEndsFirstAndOnlyIfThereIsAnotherNode() {
    Story alone = Story.ready(web().exclusive()).drains(NODE_A);
    assertThat(alone.done()).isEmpty();

    Story story = onA(web().exclusive()).drains(NODE_A);
    assertThat(story.done()).containsExactly("drain web/0#1");

    story.drained(web(0, 1)).missed(web(0, 1));
    assertThat(nodeOf(story, 0)).isEqualTo(NODE_B);
  }

  @Test
  void exclusiveOnesGoOneAfterTheOther() {
    Story story = onA(web().exclusive().instances(2)).drains(NODE_A);
    story.drained(web(0, 1)).missed(web(0, 1));
    assertThat(story.slot(1).isReady()).isTrue();

    assertThat(story.ready(web(0, 3)).done()).containsExactly("drain web/1#2");
  }

  @Test
  void withAFixedPortItGoesOnlyWhereNoOtherInstanceIs() {
    Story story = onA(web().fixedPort()).drains(NODE_A);

    assertThat(story.launches()).endsWith(web(0, 2));
    finish(story, web(0, 2));
    assertThat(nodeOf(story, 0)).isEqualTo(NODE_B);
  }

  @Test
  void whatDiesOnADrainingNodeStartsOnAnotherOne() {
    Story story = onA(web().instances(2)).drains(NODE_A).crashes(web(1, 2));

    assertThat(nodeOf(story, 1)).isEqualTo(NODE_B);
    assertThat(story.active().budgets().ladders()).isEmpty();
  }

  @Test
  void aNewVersionGoesBeforeAMove() {
    Story story = onA(web()).drains(NODE_A).ensure(2, web().program("bin/newer"));

    assertThat(story.active().relocation()).isEmpty();
    story.drained(web(0, 2)).missed(web(0, 2));
    assertThat(story.launches()).endsWith(web(0, 3));
    finish(story, web(0, 3));
    assertThat(nodeOf(story, 0)).isEqualTo(NODE_B);
  }

  @Test
  void aHostThatHasComeBackGetsInstancesOneAtATime() {
    Story story = onA(web().instances(4)).settles(NODE_B);
    assertThat(story.launches()).endsWith(web(3, 5));

    finish(story, web(3, 5));
    story.drained(web(3, 4)).missed(web(3, 4));
    assertThat(story.tick().done()).as("paced").isEmpty();
    story.passes(Relocations.BALANCE_PACE).tick();
    assertThat(story.launches()).endsWith(web(2, 6));
    finish(story, web(2, 6));
    story.drained(web(2, 3)).missed(web(2, 3));

    assertThat(story.passes(Duration.ofHours(1)).tick().launches()).as("even").hasSize(6);
  }

  @Test
  void onlyOneInstanceMoreIsNoReasonToMove() {
    assertThat(onA(web()).settles(NODE_B).done()).isEmpty();
  }

  @Test
  void balanceWaitsWhileSomethingIsWrong() {
    Story story = onA(web().instances(4)).unready(web(0, 1)).settles(NODE_B);

    assertThat(story.done()).isEmpty();
  }

  @Test
  void anExclusiveOneIsNotMovedForBalance() {
    assertThat(onA(web().exclusive().instances(4)).settles(NODE_B).done()).isEmpty();
  }

  /** All ready on one node, and another one to take what wants a place from now on. */
  private static Story onA(WebSpec spec) {
    return Story.ready(spec).with(NODE_B).placesOn(NODE_B);
  }

  private static NodeId nodeOf(Story story, int slot) {
    return story.slot(slot).tenant().orElseThrow().node();
  }

  private static void finish(Story story, InstanceId newcomer) {
    story.ready(newcomer).passes(HEALTHY_FOR);
  }
}
