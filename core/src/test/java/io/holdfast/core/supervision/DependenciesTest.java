package io.holdfast.core.supervision;

import static io.holdfast.core.fixture.Palette.DB;
import static io.holdfast.core.fixture.Palette.NODE_A;
import static io.holdfast.core.fixture.Palette.web;
import static io.holdfast.core.fixture.WebSpec.web;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.spec.RestartType;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** While a dependency is down its dependent launches nothing and pays for nothing. */
final class DependenciesTest {

  @Test
  void nothingIsLaunchedBeforeTheDependencyIsThere() {
    Story story = Story.blank().loses(DB).ensure(1, web().dependsOn(DB));
    assertThat(story.happened()).containsExactly("SpecAccepted");
    assertThat(story.standing().state()).isEqualTo(Standing.State.WAITING);

    story.regains(DB);
    assertThat(story.done()).containsExactly("place 0", "launch web/0#1");
  }

  @Test
  void aPlaceThatIsFoundTooLateIsNotUsed() {
    Story story = Story.blank().placesNowhere().ensure(1, web().dependsOn(DB)).loses(DB);

    story.tell(new ServiceInput.Placed(0, NODE_A));

    assertThat(story.happened()).isEmpty();
  }

  @Test
  void whatRunsGoesOnRunning() {
    Story story = dependent().loses(DB).passes(Duration.ofHours(1)).tick();

    assertThat(story.happened()).isEmpty();
    assertThat(story.standing().state()).isEqualTo(Standing.State.READY);
  }

  @Test
  void aFailureBurnsNoBudgetAndIsAnsweredWhenTheDependencyIsBack() {
    Story story = dependent().loses(DB);

    story.crashes(web(0, 1));
    assertThat(story.done()).containsExactly("forget web/0#1");
    assertThat(story.active().budgets().ladders()).isEmpty();
    assertThat(story.passes(Duration.ofHours(1)).tick().happened()).isEmpty();

    story.regains(DB);
    assertThat(story.done()).containsExactly("place 0", "launch web/0#2");
  }

  @Test
  void aWaitThatEndsMeanwhileLaunchesWhenTheDependencyIsBack() {
    Story story = dependent().crashes(web(0, 1)).crashes(web(0, 2)).loses(DB);

    assertThat(story.passes(Duration.ofHours(1)).happened()).containsExactly("SlotWoken");
    assertThat(story.regains(DB).done()).containsExactly("place 0", "launch web/0#3");
  }

  @Test
  void anEndThatIsFinalIsFinalAllTheSame() {
    Story story = Story.ready(web().dependsOn(DB).type(RestartType.TEMPORARY)).loses(DB);

    story.crashes(web(0, 1)).regains(DB);

    assertThat(story.slot(0).occupancy()).isInstanceOf(Occupancy.Ended.class);
  }

  @Test
  void aRolloutWaitsForTheDependencyBeforeItStopsAnything() {
    Story story = Story.ready(web().dependsOn(DB).fixedPort()).loses(DB);

    story.restart().passes(Duration.ofHours(1)).tick();
    assertThat(story.slot(0).isReady()).isTrue();

    assertThat(story.regains(DB).done()).containsExactly("drain web/0#1");
  }

  @Test
  void aNewcomerIsNotLaunchedWhileTheDependencyIsDown() {
    Story story = dependent().placesNowhere().restart().loses(DB);

    story.tell(new ServiceInput.Placed(0, NODE_A));
    assertThat(story.happened()).isEmpty();

    assertThat(story.placesOn(NODE_A).regains(DB).done())
        .containsExactly("place 0", "launch web/0#2");
  }

  private static Story dependent() {
    return Story.ready(web().dependsOn(DB).intensity(1));
  }
}
