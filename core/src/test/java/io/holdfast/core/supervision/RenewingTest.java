package io.holdfast.core.supervision;

import static io.holdfast.core.fixture.Palette.DB;
import static io.holdfast.core.fixture.Palette.web;
import static io.holdfast.core.fixture.WebSpec.web;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.spec.Dependency.OnRestart;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Dependents that are restarted with what they depend on, where the specification says so. */
final class RenewingTest {

  @Test
  void whatIsFirstHeardOfADependencyRestartsNothing() {
    assertThat(dependent().renewed(DB, 3).done()).isEmpty();
  }

  @Test
  void anInstanceReplacedInTheDependencyReplacesEveryDependent() {
    Story story = dependent().renewed(DB, 3).passes(Duration.ofSeconds(1));

    story.renewed(DB, 4);

    assertThat(story.happened())
        .startsWith("DependencyRenewed", "RolloutBegan", "TurnBegan")
        .contains("launch web/0#2");
  }

  @Test
  void theSameNewsAgainChangesNothing() {
    Story story = dependent().renewed(DB, 3).passes(Duration.ofSeconds(1)).renewed(DB, 4);

    assertThat(story.renewed(DB, 4).happened()).isEmpty();
  }

  @Test
  void oneThatWasLaunchedAfterwardsKnowsOnlyTheNewOne() {
    Story story = dependent().renewed(DB, 3).loses(DB).crashes(web(0, 1)).renews(DB, 4);
    story.passes(Duration.ofSeconds(1));

    story.regains(DB);

    assertThat(story.happened())
        .containsExactly("DependencyRenewed", "place 0", "InstanceLaunched", "launch web/0#2");
    assertThat(story.ready(web(0, 2)).tick().happened()).isEmpty();
  }

  @Test
  void fewerThanBeforeMeansThatSlotsAreGone() {
    Story story = dependent().renewed(DB, 3).passes(Duration.ofSeconds(1)).renewed(DB, 1);

    assertThat(story.happened()).containsExactly("DependencyRenewed");
  }

  @Test
  void aDependentThatDoesNotAskForItIsLeftAlone() {
    Story story = Story.ready(web().dependsOn(DB)).renewed(DB, 1);

    assertThat(story.renewed(DB, 2).happened()).isEmpty();
  }

  private static Story dependent() {
    return Story.ready(web().dependsOn(DB, OnRestart.RESTART));
  }
}
