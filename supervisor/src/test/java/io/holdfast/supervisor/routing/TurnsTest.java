package io.holdfast.supervisor.routing;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class TurnsTest {

  private final ActorTestKit kit = ActorTestKit.create();
  private final Turns turns = new Turns();
  private final List<TestProbe<FeedSession.Command>> first =
      IntStream.range(0, 8).mapToObj(_ -> session()).toList();
  private final TestProbe<FeedSession.Command> ninth = session();
  private final TestProbe<FeedSession.Command> tenth = session();

  @AfterEach
  void end() {
    kit.shutdownTestKit();
  }

  @Test
  void eightTakeAViewAtATimeAndKeepTheirTurnUntilTheyLeave() {
    assertThat(first).allMatch(this::takes).allMatch(this::takes);
    assertThat(takes(ninth)).isFalse();
  }

  @Test
  void whoLeavesLetsInTheOneThatHasWaitedLongest() {
    assertThat(first).allMatch(this::takes);
    assertThat(takes(ninth)).isFalse();
    assertThat(takes(tenth)).isFalse();

    turns.leave(first.getFirst().ref());

    ninth.expectMessage(new FeedSession.CanSend());
    assertThat(takes(ninth)).isTrue();
    assertThat(takes(tenth)).isFalse();
    tenth.expectNoMessage(Duration.ZERO);
  }

  @Test
  void whoGivesUpWaitingIsNotLetIn() {
    assertThat(first).allMatch(this::takes);
    assertThat(takes(ninth)).isFalse();
    assertThat(takes(tenth)).isFalse();

    turns.leave(ninth.ref());
    turns.leave(first.getFirst().ref());

    tenth.expectMessage(new FeedSession.CanSend());
    ninth.expectNoMessage(Duration.ZERO);
  }

  @Test
  void whoLeavesTwiceLetsOneIn() {
    assertThat(first).allMatch(this::takes);
    assertThat(takes(ninth)).isFalse();
    assertThat(takes(tenth)).isFalse();

    turns.leave(first.getFirst().ref());
    turns.leave(first.getFirst().ref());

    ninth.expectMessage(new FeedSession.CanSend());
    tenth.expectNoMessage(Duration.ZERO);
  }

  private boolean takes(TestProbe<FeedSession.Command> session) {
    return turns.take(session.ref());
  }

  private TestProbe<FeedSession.Command> session() {
    return kit.createTestProbe();
  }
}
