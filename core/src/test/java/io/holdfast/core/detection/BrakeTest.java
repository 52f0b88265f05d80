package io.holdfast.core.detection;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.NodeId;
import io.holdfast.core.detection.Brake.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BrakeTest {

  private static final Instant START = Instant.EPOCH.plusSeconds(1_000);

  private Instant now = START;
  private Brake brake = Brake.released(START.minusSeconds(60));

  @ParameterizedTest(name = "{0} of {1}")
  @CsvSource({
    "1, 1, false",
    "1, 2, false",
    "1, 3, false",
    "1, 10, false",
    "2, 3, true",
    "2, 4, true",
    "2, 5, true",
    "2, 6, true",
    "2, 7, false",
    "3, 10, false",
    "4, 10, true",
    "30, 100, false",
    "31, 100, true"
  })
  void engagesWhenAtLeastTwoAndMoreThanThirtyPercentAreSuspectTogether(
      int suspect, int nodes, boolean engaged) {
    suspects(suspect, nodes);
    assertThat(brake.isEngaged()).isEqualTo(engaged);
  }

  @Test
  void oneHostThatIsLostAloneIsCondemned() {
    assertThat(due(0, 3)).isEqualTo(new Answer.Allowed());
  }

  @Test
  void whatIsNotDueIsNeverCondemned() {
    assertThat(ask(0, "one", false, true, population(3, "one")))
        .isInstanceOf(Answer.Withheld.class);
  }

  @Test
  void twoOfFourAreCondemnedAMinuteApart() {
    suspects(2, 4);
    assertThat(due(0, 4)).isEqualTo(new Answer.Allowed());
    for (int second = 0; second < 60; second++) {
      assertThat(due(1, 3)).as("second %d", second).isInstanceOf(Answer.Withheld.class);
      now = now.plusSeconds(1);
    }
    assertThat(due(1, 3)).isEqualTo(new Answer.Allowed());
  }

  @Test
  void underTheBrakeNobodyIsCondemnedWhomOthersHaveNotLookedAt() {
    suspects(2, 5);
    assertThat(ask(0, "one", true, false, population(5, "one")))
        .isInstanceOf(Answer.Withheld.class);
  }

  @Test
  void nobodyIsCondemnedWhileMostAreSuspect() {
    suspects(7, 10);
    assertThat(due(0, 10)).isInstanceOf(Answer.Withheld.class);
    now = now.plusSeconds(3_600);
    suspects(7, 10);
    assertThat(due(0, 10)).as("an hour later").isInstanceOf(Answer.Withheld.class);
  }

  @Test
  void aSupervisorThatTrustsNoneOfItsAgentsIsSuspectItself() {
    IntStream.range(0, 4).forEach(i -> ask(i, "one", false, true, population(10, "two")));
    assertThat(ask(0, "one", true, true, population(10, "two")))
        .isInstanceOf(Answer.Withheld.class);
    assertThat(ask(0, "one", true, true, population(10, "one"))).isEqualTo(new Answer.Allowed());
  }

  @Test
  void letsGoAMinuteAfterTheLastOneWhenFewAreLeft() {
    suspects(2, 5);
    now = now.plusSeconds(6);
    brake = brake.at(now, population(5, "one"));
    assertThat(brake.living()).as("they are back").isZero();
    assertThat(brake.isEngaged()).isTrue();
    now = now.plusSeconds(54);
    brake = brake.at(now, population(5, "one"));
    assertThat(brake.isEngaged()).isFalse();
  }

  @Test
  void thoseThatStaySuspectKeepItEngaged() {
    for (int second = 0; second < 300; second++) {
      suspects(4, 10);
      now = now.plusSeconds(1);
    }
    assertThat(brake.isEngaged()).isTrue();
  }

  @Test
  void hostsLostOneAfterTheOtherAreEachCondemned() {
    for (int i = 0; i < 5; i++) {
      assertThat(due(i, 10 - i)).as("host %d", i).isEqualTo(new Answer.Allowed());
      now = now.plus(Duration.ofMinutes(5));
    }
  }

  @Test
  void aBrakeThatHasJustStartedWaitsUntilItHasHeardOfAll() {
    brake = Brake.released(now);
    assertThat(due(0, 10)).isInstanceOf(Answer.Withheld.class);
    now = now.plus(Brake.FORGOTTEN_AFTER);
    assertThat(due(0, 10)).isEqualTo(new Answer.Allowed());
  }

  private void suspects(int count, int nodes) {
    IntStream.range(0, count).forEach(i -> ask(i, "one", false, true, population(nodes, "one")));
  }

  private Answer due(int node, int nodes) {
    return ask(node, "one", true, true, population(nodes, "one"));
  }

  private static Population population(int nodes, String supervisor) {
    return new Population(nodes, Map.of(supervisor, 1));
  }

  private Answer ask(
      int node, String supervisor, boolean due, boolean confirmed, Population population) {
    Brake.Ruling ruling =
        brake.ask(new NodeId("n-" + node), supervisor, due, confirmed, population, now);
    brake = ruling.brake();
    return ruling.answer();
  }
}
