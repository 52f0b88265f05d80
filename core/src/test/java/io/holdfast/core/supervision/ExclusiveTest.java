package io.holdfast.core.supervision;

import static io.holdfast.core.fixture.Palette.NODE_A;
import static io.holdfast.core.fixture.Palette.NODE_B;
import static io.holdfast.core.fixture.Palette.end;
import static io.holdfast.core.fixture.Palette.web;
import static io.holdfast.core.fixture.WebSpec.LEASE;
import static io.holdfast.core.fixture.WebSpec.web;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.instance.ExitCause;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** An exclusive slot never has two instances, whatever is not known. */
final class ExclusiveTest {

  private static final Duration ENOUGH = LEASE.plusSeconds(2);

  @Test
  void anEndThatWasSeenIsAnsweredAtOnce() {
    assertThat(exclusive().crashes(web(0, 1)).done()).contains("launch web/0#2");
  }

  @Test
  void aRolloutStopsTheOldInstanceBeforeItStartsTheNew() {
    Story story = exclusive().restart();
    assertThat(story.done()).containsExactly("drain web/0#1");

    story.drained(web(0, 1));
    assertThat(story.launches()).hasSize(1);
    story.exits(web(0, 1), end(ExitCause.REQUESTED));
    assertThat(story.launches()).endsWith(web(0, 2));
  }

  @Test
  void anInstanceOfAHostThatIsAwayIsReplacedOnceItsLeaseHasRunOut() {
    Story story = exclusive().placesOn(NODE_B);

    assertThat(story.away(NODE_A, ENOUGH.minusMillis(1)).happened()).isEmpty();
    story.away(NODE_A, ENOUGH);

    assertThat(story.slot(0).tenant().map(Tenant::node)).hasValue(NODE_B);
    assertThat(story.slot(0).tenant().map(Tenant::id)).hasValue(web(0, 2));
    assertThat(story.active().budgets()).isEqualTo(Budgets.FULL);
  }

  @Test
  void anyOtherInstanceOfAHostThatIsAwayIsLeftAlone() {
    Story story = Story.ready(web()).placesOn(NODE_B);

    assertThat(story.away(NODE_A, Duration.ofDays(1)).happened()).isEmpty();
  }

  @Test
  void oneThatItsAgentHasForgottenMayStillRunSoItsLeaseIsWaitedFor() {
    Story story = exclusive().placesOn(NODE_B).missed(web(0, 1));
    assertThat(story.happened()).containsExactly("InstanceExited");
    assertThat(story.slot(0).occupancy()).isEqualTo(new Occupancy.Fenced(story.now().plus(ENOUGH)));

    assertThat(story.passes(ENOUGH.minusMillis(1)).tick().done()).isEmpty();
    assertThat(story.passes(Duration.ofMillis(1)).done())
        .containsExactly("place 0", "launch web/0#2");
  }

  @Test
  void noOperatorEndsThatWait() {
    Story story = exclusive().missed(web(0, 1));

    assertThat(story.restart().done()).isEmpty();
    assertThat(story.slot(0).occupancy()).isInstanceOf(Occupancy.Fenced.class);
  }

  @Test
  void oneThatIsLeavingAHostThatIsAwayHoldsItsSlotUntilItsLeaseHasRunOut() {
    Story story = exclusive().placesOn(NODE_B).restart();

    assertThat(story.away(NODE_A, ENOUGH.minusMillis(1)).done()).isEmpty();
    assertThat(story.away(NODE_A, ENOUGH).done()).containsExactly("place 0", "launch web/0#2");
  }

  @Test
  void anInstanceFromBeforeItWasExclusiveHasNoLeaseToRunOut() {
    Story story = Story.ready(web()).placesOn(NODE_B).ensure(2, web().exclusive());

    assertThat(story.away(NODE_A, Duration.ofDays(1)).happened()).isEmpty();
  }

  private static Story exclusive() {
    return Story.ready(web().exclusive());
  }
}
