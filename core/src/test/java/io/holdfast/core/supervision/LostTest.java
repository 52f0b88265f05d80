package io.holdfast.core.supervision;

import static io.holdfast.core.fixture.Palette.NODE_A;
import static io.holdfast.core.fixture.Palette.NODE_B;
import static io.holdfast.core.fixture.Palette.end;
import static io.holdfast.core.fixture.Palette.web;
import static io.holdfast.core.fixture.WebSpec.LEASE;
import static io.holdfast.core.fixture.WebSpec.web;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.Restoration;
import io.holdfast.core.fixture.WebSpec;
import io.holdfast.core.instance.ExitCause;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The journal is that of a backup: what came after that happened, and nobody knows of it. */
final class LostTest {

  private static final long LIFT = 1_000;

  /** Ten seconds is the grace. */
  private static final Duration LONGEST_LIFE = LEASE.plusSeconds(10).plusSeconds(2);

  @Test
  void noEpochOfTheTimeThatIsLostIsGivenOutAgain() {
    Story story = Story.ready(web()).restored(LIFT);

    assertThat(story.crashes(web(0, 1)).done()).contains("launch web/0#1002");
  }

  @Test
  void whatTheBackupKnowsGoesOn() {
    Story story = Story.ready(web().instances(2)).restored(LIFT);

    assertThat(story.ready(web(0, 1)).ready(web(1, 2)).happened()).isEmpty();
    assertThat(story.tick().happened()).isEmpty();
    assertThat(story.routed()).containsExactlyInAnyOrder(web(0, 1), web(1, 2));
  }

  @Test
  void anAgentsBudgetIsCountedAnewWithEpochsThatNobodyWasGiven() {
    Story story = Story.of(web()).autonomous(NODE_A).ready(web(0, 1));
    long series = story.delegated().orElseThrow().series();

    Budget next = story.restored(LIFT).tick().delegated().orElseThrow();

    assertThat(next.series()).isGreaterThan(series);
    assertThat(next.blocks().values()).allMatch(block -> block.first() > LIFT).isNotEmpty();
  }

  @Test
  void whatWasLaunchedAfterTheBackupKeepsItsSlotUntilAKnownOneIsReady() {
    Story story = Story.ready(web()).restored(LIFT).ready(web(0, 7));

    assertThat(story.happened())
        .startsWith("DrainBegan", "drain web/0#1", "InstanceAdopted", "RolloutBegan");
    assertThat(story.routed()).contains(web(0, 7));
    story.missed(web(0, 1));

    assertThat(story.launches()).endsWith(web(0, 1002));
    assertThat(story.living()).containsExactly(web(0, 7), web(0, 1002));
    story.ready(web(0, 1002)).passes(WebSpec.HEALTHY_FOR).tick();
    assertThat(story.slot(0).tenant().map(Tenant::id)).hasValue(web(0, 1002));
    assertThat(story.slot(0).restarts()).isZero();
  }

  @Test
  void oneOfThemThatIsNotReadyIsStopped() {
    Story story = Story.ready(web()).restored(LIFT);

    assertThat(story.started(web(0, 7)).happened()).containsExactly("stop web/0#7");
  }

  @Test
  void oneOfThemThatComesAfterTheSlotIsFilledAnewIsStopped() {
    Story story = Story.ready(web()).restored(LIFT).missed(web(0, 1));
    assertThat(story.launches()).endsWith(web(0, 1002));

    assertThat(story.ready(web(0, 7)).happened()).containsExactly("stop web/0#7");
  }

  @Test
  void oneThatItsAgentLaunchedWithABudgetOfTheLostTimeKeepsItsSlot() {
    Story story = Story.ready(web()).restored(LIFT).restartedByAgent(web(0, 1), 7);

    assertThat(story.slot(0).tenant().map(Tenant::id)).hasValue(web(0, 7));
    assertThat(story.slot(0).restarts()).isEqualTo(1);
  }

  @Test
  void anEpochThatNobodyCanHaveBeenGivenIsNoClaim() {
    assertThat(Story.ready(web()).ready(web(0, 7)).happened()).containsExactly("stop web/0#7");
  }

  @Test
  void anEmptyExclusiveSlotWaitsUntilNothingOfTheLostTimeCanRun() {
    Story story = Story.ready(web().exclusive()).placesNowhere().crashes(web(0, 1));
    story.exits(web(0, 2), end(ExitCause.REQUESTED));
    assertThat(story.slot(0).isVacant()).isTrue();

    story.restored(LIFT).placesOn(NODE_B);

    assertThat(story.passes(LONGEST_LIFE.minusMillis(1)).tick().done()).isEmpty();
    assertThat(story.passes(Duration.ofMillis(1)).done())
        .containsExactly("place 0", "launch web/0#1003");
  }

  @Test
  void anExclusiveInstanceOfTheLostTimeEndsBeforeAnotherStarts() {
    Story story = Story.ready(web().exclusive()).restored(LIFT).ready(web(0, 7));
    assertThat(story.happened()).containsExactly("StrangerFound", "StopBegan", "stop web/0#7");

    story.missed(web(0, 1)).passes(LONGEST_LIFE).tick();
    assertThat(story.launches()).hasSize(1);

    story.exits(web(0, 7), end(ExitCause.REQUESTED)).tick();
    assertThat(story.launches()).endsWith(web(0, 1002));
  }

  @Test
  void anExclusiveInstanceThatTheBackupKnowsGoesOn() {
    Story story = Story.ready(web().exclusive()).restored(LIFT);

    assertThat(story.ready(web(0, 1)).happened()).isEmpty();
    assertThat(story.slot(0).tenant().map(Tenant::id)).hasValue(web(0, 1));
  }

  @Test
  void aServiceThatIsNewAfterARestoreBeginsAboveWhatOneOfItsNameMayHaveBeenGiven() {
    Story story = Story.blank().restoredCatalog(new Restoration(50, LIFT, Story.blank().now()));

    assertThat(story.ensure(51, web()).launches()).containsExactly(web(0, 1001));
  }

  @Test
  void aServiceThatWasDeletedBeforeTheBackupKeepsItsPlaceAboveThoseEpochs() {
    Story story = Story.ready(web()).remove(2).exits(web(0, 1), end(ExitCause.REQUESTED));

    story.restored(LIFT).ensure(3, web());

    assertThat(story.launches()).endsWith(web(0, 1002));
  }
}
