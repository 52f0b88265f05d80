package io.holdfast.core.supervision;

import static io.holdfast.core.fixture.Palette.web;
import static io.holdfast.core.fixture.WebSpec.DEADLINE;
import static io.holdfast.core.fixture.WebSpec.HEALTHY_FOR;
import static io.holdfast.core.fixture.WebSpec.web;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.InstanceId;
import io.holdfast.core.fixture.WebSpec;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Instances that are added in a rollout run what the others run, and wait for their turn. */
final class AddedSlotsTest {

  private static final Duration WATCH = HEALTHY_FOR.multipliedBy(6);

  @Test
  void whatIsAddedInTheMiddleRunsTheVersionBeforeUntilItsTurn() {
    Story story = rolling(spec());
    story.ensure(3, newer().instances(2));
    assertThat(story.launches()).endsWith(web(1, 3));
    assertThat(versions(story)).containsExactly(1L, 1L);
    story.ready(web(1, 3));

    finishTurn(story, web(0, 2));
    assertThat(story.launches()).endsWith(web(1, 4));
    finishTurn(story, web(1, 4));

    assertThat(story.active().rollout()).isEmpty();
    assertThat(versions(story)).containsExactly(3L, 3L);
  }

  @Test
  void noneIsAddedPastACanary() {
    Story story = Story.ready(spec().canary(1)).ensure(2, newer().canary(1));
    story.ensure(3, newer().canary(1).instances(3)).ready(web(1, 3)).ready(web(2, 4));
    finishTurn(story, web(0, 2));

    story.passes(WATCH.minusMillis(1)).tick();
    assertThat(versions(story)).containsExactly(3L, 1L, 1L);
    story.passes(Duration.ofMillis(1)).tick();

    assertThat(story.launches()).endsWith(web(1, 5));
  }

  @Test
  void whatTheNewVersionItselfAddsWaitsToo() {
    Story story = Story.ready(spec().instances(2)).ensure(2, newer().instances(3));
    assertThat(story.launches()).endsWith(web(2, 3), web(0, 4));
    assertThat(story.slot(2).version()).isEqualTo(1);
    story.ready(web(2, 3));

    finishTurn(story, web(0, 4));
    finishTurn(story, web(1, 5));
    finishTurn(story, web(2, 6));

    assertThat(story.active().rollout()).isEmpty();
    assertThat(versions(story)).containsExactly(2L, 2L, 2L);
  }

  @Test
  void withoutARolloutTheNewestIsStartedAtOnce() {
    Story story = rolling(spec());
    finishTurn(story, web(0, 2));

    story.ensure(3, newer().instances(2));

    assertThat(versions(story)).containsExactly(3L, 3L);
    assertThat(story.active().rollout()).isEmpty();
  }

  @Test
  void whereNoVersionHasWorkedBeforeTheNewestIsStartedAtOnce() {
    Story story = Story.of(spec()).ensure(2, newer());

    story.ensure(3, newer().instances(2));

    assertThat(story.slot(1).tenant().map(Tenant::version)).hasValue(3L);
  }

  @Test
  void inARestartThereIsNothingToWaitFor() {
    Story story = Story.ready(spec()).restart().ensure(2, spec().instances(2));

    assertThat(story.slot(1).tenant().map(Tenant::version)).hasValue(2L);
    finishTurn(story, web(0, 2));
    assertThat(story.active().rollout()).as("without a turn").isEmpty();
  }

  @Test
  void onTheWayBackTheyStartOnWhatWorked() {
    Story story = rolling(spec().instances(2));
    finishTurn(story, web(0, 3));
    story.drained(web(0, 1)).missed(web(0, 1)).crashes(web(1, 4));
    story.ensure(3, spec().instances(2));

    story.ensure(4, spec().instances(3));

    assertThat(story.slot(2).tenant().map(Tenant::version)).hasValue(4L);
    assertThat(story.active().rollout().orElseThrow().waiting()).isEmpty();
  }

  @Test
  void aVersionThatFailsHasNotTouchedThem() {
    Story story = rolling(spec()).ensure(3, newer().instances(2)).ready(web(1, 3));

    story.crashes(web(0, 2)).ensure(4, spec().instances(2));

    assertThat(story.done()).isEmpty();
    assertThat(story.routed()).containsExactly(web(0, 1), web(1, 3));
    assertThat(versions(story)).containsExactly(4L, 4L);
    assertThat(story.active().specs()).containsOnlyKeys(1L, 4L);
  }

  @Test
  void oneThatHasNoPlaceBeforeItsTurnStartsOnTheNewest() {
    Story story = rolling(spec()).placesNowhere().ensure(3, newer().instances(2));
    story.ensure(4, newer().instances(3));
    assertThat(versions(story)).containsExactly(1L, 1L, 1L);

    finishTurn(story, web(0, 2));

    assertThat(versions(story)).containsExactly(4L, 4L, 1L);
    assertThat(story.active().rollout().flatMap(Rollout::turn).orElseThrow())
        .isInstanceOf(Rollout.StopFirst.class);
  }

  @Test
  void theyWaitAlsoWhereTheOldEndsFirst() {
    Story story = rolling(spec().exclusive());

    story.ensure(3, newer().exclusive().instances(2)).ready(web(1, 2));
    story.drained(web(0, 1)).missed(web(0, 1));
    finishTurn(story, story.launches().getLast());

    assertThat(story.done()).contains("drain web/1#2");
    assertThat(versions(story)).containsExactly(3L, 3L);
  }

  @Test
  void aNewerVersionInTheMiddleLeavesThemOnTheOneThatWorked() {
    Story story = rolling(spec()).ensure(3, newer().instances(2));

    story.ensure(4, spec().program("bin/newest").instances(3));

    assertThat(versions(story)).containsExactly(1L, 1L, 1L);
    assertThat(story.active().rollout().orElseThrow().waiting()).contains(1, 2);
  }

  @Test
  void oneThatFailsAndIsScaledBeforeItsTurnStaysOnTheVersionBefore() {
    Story story = rolling(spec().instances(2).intensity(0)).crashes(web(1, 2));

    story.ensure(3, newer().intensity(0).instances(3));

    assertThat(versions(story)).containsExactly(1L, 1L, 1L);
  }

  @Test
  void fewerThatAreWantedAgainHaveNoTurnLeft() {
    Story story = rolling(spec()).ensure(3, newer().instances(2)).ready(web(1, 3));

    story.ensure(4, newer());
    finishTurn(story, web(0, 2));

    assertThat(story.active().rollout()).isEmpty();
  }

  @Test
  void afterARolloutThatWasLeftHalfWayTheyWaitForTheNextOne() {
    WebSpec two = web().instances(2);
    Story story = Story.ready(two).ensure(2, two.program("bin/newer"));
    finishTurn(story, web(0, 3));
    story.crashes(web(1, 4));

    story.ensure(3, two.instances(3));

    assertThat(story.slot(2).version()).isEqualTo(1);
    assertThat(story.active().rollout().orElseThrow().waiting()).contains(2);
  }

  @Test
  void aVersionAppliedBeforeTheWayBackWasTakenCanFailAsWell() {
    Story story = rolling(spec().exclusive()).drained(web(0, 1)).missed(web(0, 1));
    story.crashes(web(0, 2));
    assertThat(story.active().reversion()).isPresent();

    story.ensure(3, spec().exclusive().program("bin/newest")).passes(DEADLINE);

    assertThat(story.happened()).contains("RolloutEnded");
  }

  @Test
  void aVersionThatHasJustFailedIsNotLaunchedOnceMore() {
    Story story = rolling(spec().exclusive()).drained(web(0, 1)).missed(web(0, 1));

    story.crashes(web(0, 2));
    assertThat(story.slot(0).tenant()).isEmpty();

    story.ensure(3, spec().exclusive());
    assertThat(story.slot(0).tenant().map(Tenant::id)).hasValue(web(0, 3));
    assertThat(story.slot(0).version()).isEqualTo(3);
  }

  private static WebSpec spec() {
    return web().autoRevert();
  }

  private static WebSpec newer() {
    return spec().program("bin/newer");
  }

  private static Story rolling(WebSpec spec) {
    return Story.ready(spec).ensure(2, spec.program("bin/newer"));
  }

  private static List<Long> versions(Story story) {
    return story.active().slots().values().stream().map(Slot::version).toList();
  }

  private static void finishTurn(Story story, InstanceId newcomer) {
    story.ready(newcomer).passes(HEALTHY_FOR);
  }
}
