package io.holdfast.agent;

import static io.holdfast.agent.AgentFixture.web;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class StartGateTest {

  private static final int WIDTH = StartGate.width(1);

  private final StartGate gate = StartGate.of(1);

  @Test
  void aHostWithFewCpusStartsFourAtATimeAnyOtherTwoPerCpu() {
    assertThat(StartGate.width(1)).isEqualTo(4);
    assertThat(StartGate.width(2)).isEqualTo(4);
    assertThat(StartGate.width(16)).isEqualTo(32);
  }

  @Test
  void asManyAsThereIsRoomForStartAtOnce() {
    for (int i = 0; i < WIDTH; i++) {
      assertThat(gate.enter(web(i, 1), false)).isTrue();
    }

    assertThat(gate.enter(web(WIDTH, 1), false)).isFalse();
  }

  @Test
  void whoWaitsStartsInTheOrderOfArrival() {
    fill();
    gate.enter(web(11, 1), false);
    gate.enter(web(10, 1), false);

    assertThat(gate.leave(web(0, 1))).containsExactly(web(11, 1));
    assertThat(gate.leave(web(1, 1))).containsExactly(web(10, 1));
    assertThat(gate.leave(web(2, 1))).isEmpty();
  }

  @Test
  void restartsGoFirst() {
    fill();
    gate.enter(web(10, 1), false);
    gate.enter(web(11, 2), true);

    assertThat(gate.leave(web(0, 1))).containsExactly(web(11, 2));
  }

  @Test
  void whoGivesUpWaitingIsNotLetIn() {
    fill();
    gate.enter(web(10, 1), false);

    assertThat(gate.leave(web(10, 1))).isEmpty();

    assertThat(gate.leave(web(0, 1))).isEmpty();
  }

  @Test
  void whoLeavesTwiceMakesRoomOnce() {
    fill();
    gate.enter(web(10, 1), false);
    gate.enter(web(11, 1), false);

    assertThat(gate.leave(web(0, 1))).containsExactly(web(10, 1));
    assertThat(gate.leave(web(0, 1))).isEmpty();
  }

  private void fill() {
    for (int i = 0; i < WIDTH; i++) {
      gate.enter(web(i, 1), false);
    }
  }
}
