package io.holdfast.core.supervision;

import static io.holdfast.core.fixture.Palette.NODE_A;
import static io.holdfast.core.fixture.Palette.NODE_B;
import static io.holdfast.core.fixture.Palette.web;
import static io.holdfast.core.fixture.WebSpec.LEASE;
import static io.holdfast.core.fixture.WebSpec.web;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is on a condemned host is replaced, and what comes back with it is not kept beside that. */
final class LostHostTest {

  private static final Duration SIX_SECONDS = Duration.ofSeconds(6);

  @Test
  void itsInstanceIsReplacedElsewhereAndNoBudgetPaysForIt() {
    Story story = Story.ready(web()).placesOn(NODE_B).condemned(NODE_A, SIX_SECONDS);

    assertThat(story.done()).contains("launch web/0#2");
    assertThat(story.slot(0).tenant().map(Tenant::node)).hasValue(NODE_B);
    assertThat(story.active().budgets()).isEqualTo(Budgets.FULL);
  }

  @Test
  void aNodeWithoutInstancesOfItMeansNothing() {
    Story story = Story.ready(web()).condemned(NODE_B, SIX_SECONDS);

    assertThat(story.happened()).isEmpty();
  }

  @Test
  void itIsSaidAgainAndNothingMoreHappens() {
    Story story = Story.ready(web()).placesOn(NODE_B).condemned(NODE_A, SIX_SECONDS);

    assertThat(story.condemned(NODE_A, SIX_SECONDS).happened()).isEmpty();
  }

  @Test
  void anExclusiveOneIsReplacedNoSoonerThanItsLeaseAllows() {
    Story story = Story.ready(web().exclusive()).placesOn(NODE_B);

    assertThat(story.condemned(NODE_A, LEASE).happened()).isEmpty();
    assertThat(story.condemned(NODE_A, LEASE.plusSeconds(2)).done()).contains("launch web/0#2");
  }

  @Test
  void oneThatWasLeavingIsGone() {
    Story story = Story.ready(web().instances(2)).ensure(2, web().instances(1));
    assertThat(story.active().outgoing()).hasSize(1);

    story.condemned(NODE_A, SIX_SECONDS);
    assertThat(story.active().outgoing()).isEmpty();
  }

  @Test
  void oneThatComesBackWithItsHostEndsBesideItsReplacement() {
    Story story = Story.ready(web()).placesOn(NODE_B).condemned(NODE_A, SIX_SECONDS);

    assertThat(story.ready(web(0, 1)).done()).containsExactly("stop web/0#1");
  }

  @Test
  void oneThatComesBackBeforeItIsReplacedGoesOn() {
    Story story = Story.ready(web()).placesNowhere().condemned(NODE_A, SIX_SECONDS);
    assertThat(story.slot(0).tenant()).isEmpty();

    assertThat(story.ready(web(0, 1)).done()).isEmpty();
    assertThat(story.slot(0).isReady()).isTrue();
    assertThat(story.slot(0).restarts()).isZero();
  }

  @Test
  void oneThatComesBackToAnotherVersionDoesNot() {
    Story story = Story.ready(web()).placesNowhere().condemned(NODE_A, SIX_SECONDS);
    story.ensure(2, web().program("bin/newer"));

    assertThat(story.ready(web(0, 1)).done()).containsExactly("stop web/0#1", "place 0");
  }

  @Test
  void oneThatIsFoundDeadOnALivingHostIsReplaced() {
    Story story = Story.ready(web()).placesOn(NODE_B).foundDead(web(0, 1), NODE_A);

    assertThat(story.done()).contains("launch web/0#2");
  }

  @Test
  void oneOfAnotherEpochOrElsewhereIsNotTheOneThatWasFound() {
    Story story = Story.ready(web());

    assertThat(story.foundDead(web(0, 9), NODE_A).happened()).isEmpty();
    assertThat(story.foundDead(web(0, 1), NODE_B).happened()).isEmpty();
  }

  @Test
  void anExclusiveOneThatDoesNotAnswerMayLiveAllTheSame() {
    assertThat(Story.ready(web().exclusive()).foundDead(web(0, 1), NODE_A).happened()).isEmpty();
  }
}
