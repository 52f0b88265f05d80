package io.holdfast.core.supervision;

import static io.holdfast.core.fixture.Palette.web;
import static io.holdfast.core.fixture.WebSpec.HEALTHY_FOR;
import static io.holdfast.core.fixture.WebSpec.web;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.InstanceId;
import io.holdfast.core.fixture.WebSpec;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Some go first and are watched before the others follow. */
final class CanaryTest {

  private static final Duration WATCH = HEALTHY_FOR.multipliedBy(6);

  @Test
  void afterTheCanariesTheOthersWait() {
    Story story = rolling(3, 1);

    finishTurn(story, web(0, 4));

    assertThat(story.tick().launches()).hasSize(4);
    assertThat(story.standing().state()).isEqualTo(Standing.State.ROLLING);
  }

  @Test
  void whenTheyWereWatchedForLongEnoughTheOthersFollow() {
    Story story = rolling(3, 1);
    finishTurn(story, web(0, 4));

    story.passes(WATCH.minusMillis(1)).tick();
    assertThat(story.launches()).hasSize(4);
    story.passes(Duration.ofMillis(1)).tick();

    assertThat(story.launches()).endsWith(web(1, 5));
    finishTurn(story, web(1, 5));
    assertThat(story.launches()).as("watched once").endsWith(web(2, 6));
  }

  @Test
  void oneFailureOfACanaryTakesTheVersionBack() {
    Story story = rolling(3, 1);
    finishTurn(story, web(0, 4));

    story.passes(Duration.ofSeconds(1)).crashes(web(0, 4));

    assertThat(story.active().reversion()).isPresent();
    assertThat(story.active().incidents().all().getFirst().deeds())
        .extracting(Deed::because)
        .contains("the canary in slot 0 was ended by signal KILL");
  }

  @Test
  void theSecondCanaryHasItsTurnBeforeTheyAreWatched() {
    Story story = rolling(3, 2);
    finishTurn(story, web(0, 4));

    assertThat(story.launches()).endsWith(web(1, 5));
    finishTurn(story, web(1, 5));
    assertThat(story.tick().launches()).hasSize(5);
  }

  @Test
  void whereAllAreCanariesNobodyWaits() {
    Story story = rolling(1, 1);

    finishTurn(story, web(0, 2));

    assertThat(story.active().rollout()).isEmpty();
  }

  private static Story rolling(int instances, int canary) {
    WebSpec spec = web().instances(instances).canary(canary).autoRevert();
    return Story.ready(spec).ensure(2, spec.program("bin/newer"));
  }

  private static void finishTurn(Story story, InstanceId newcomer) {
    story.ready(newcomer).passes(HEALTHY_FOR);
  }
}
