package io.holdfast.core.supervision;

import static io.holdfast.core.fixture.Palette.end;
import static io.holdfast.core.fixture.Palette.web;
import static io.holdfast.core.fixture.WebSpec.web;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.instance.ExitCause;
import io.holdfast.core.instance.Phase;
import io.holdfast.core.instance.Report;
import io.holdfast.core.routing.EndpointState;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Out of the view first, then told to end, then gone; each step within its time. */
final class DrainsTest {

  @Test
  void aDrainingInstanceIsShownAsSuchUntilItIsTold() {
    Story story = draining();
    assertThat(Routes.of(story.active()).route().endpoints().get(web(1, 2)))
        .extracting(endpoint -> endpoint.state())
        .isEqualTo(EndpointState.DRAINING);

    story.drained(web(1, 2));

    assertThat(story.routed()).containsExactly(web(0, 1));
  }

  @Test
  void aConfirmedDrainStopsTheInstance() {
    assertThat(draining().drained(web(1, 2)).happened())
        .containsExactly("StopBegan", "stop web/1#2");
  }

  @Test
  void aDrainThatNobodyConfirmsStopsTheInstanceAfterSixSeconds() {
    Story story = draining();

    assertThat(story.passes(Duration.ofMillis(5_999)).tick().happened()).isEmpty();
    assertThat(story.passes(Duration.ofMillis(1)).happened())
        .containsExactly("StopBegan", "stop web/1#2");
  }

  @Test
  void aDrainThatIsConfirmedTwiceStopsOnce() {
    Story story = draining().drained(web(1, 2));

    assertThat(story.drained(web(1, 2)).happened()).isEmpty();
  }

  @Test
  void aStopThatNothingComesOfIsAskedForAgainAndAgain() {
    Story story = draining().drained(web(1, 2));

    assertThat(story.passes(Reconciliation.STOP_AGAIN).done()).containsExactly("stop web/1#2");
    assertThat(story.passes(Reconciliation.STOP_AGAIN.multipliedBy(10)).done()).hasSize(10);
  }

  @Test
  void anAgentThatSaysAStoppingInstanceIsReadyIsToldAgainAtOnce() {
    Story story = draining().drained(web(1, 2));

    assertThat(story.ready(web(1, 2)).done()).containsExactly("stop web/1#2");
    assertThat(story.reported(stopping()).done()).isEmpty();
  }

  @Test
  void anInstanceThatEndsWhileItDrainsIsNoFailure() {
    Story story = draining().crashes(web(1, 2));

    assertThat(story.done()).containsExactly("forget web/1#2");
    assertThat(story.active().budgets().ladders()).isEmpty();
  }

  @Test
  void anInstanceThatIsLostWhileItStopsIsGone() {
    Story story = draining().drained(web(1, 2)).missed(web(1, 2));

    assertThat(story.happened()).containsExactly("InstanceExited");
    assertThat(story.living()).containsExactly(web(0, 1));
  }

  @Test
  void lateNewsOfADrainingInstanceChangesNothing() {
    Story story = draining();
    ServiceState before = story.state();

    story.unready(web(1, 2)).ready(web(1, 2)).started(web(1, 2));

    assertThat(story.state()).isEqualTo(before);
  }

  @Test
  void anInstanceThatIsDrainedBeforeItIsReadyIsStoppedLikeAnyOther() {
    Story story = Story.of(web().instances(2)).ensure(2, web());

    story.drained(web(1, 2)).exits(web(1, 2), end(ExitCause.REQUESTED));

    assertThat(story.living()).containsExactly(web(0, 1));
  }

  private static Story draining() {
    return Story.ready(web().instances(2)).ensure(2, web());
  }

  private static Report stopping() {
    return new Report.Alive(
        web(1, 2), Phase.STOPPING, 1002, Map.of("http", 20_000), Story.blank().now(), "");
  }
}
