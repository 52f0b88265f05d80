package io.holdfast.agent.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class BeatsTest {

  private final Beats beats = new Beats();

  @Test
  void numbersBeginWithOneAndRise() {
    assertThat(beats.next(seconds(10))).isEqualTo(1);
    assertThat(beats.next(seconds(11))).isEqualTo(2);
  }

  @Test
  void anAnswerTellsWhenItsBeatWasSent() {
    beats.next(seconds(10));
    beats.next(seconds(11));

    assertThat(beats.answered(1)).contains(seconds(10));
    assertThat(beats.answered(2)).contains(seconds(11));
  }

  @Test
  void aLateAnswerTakesNothingBack() {
    beats.next(seconds(10));
    beats.next(seconds(11));
    beats.answered(2);

    assertThat(beats.answered(1)).isEmpty();
  }

  @Test
  void anAnswerToNothingIsNone() {
    beats.next(seconds(10));

    assertThat(beats.answered(7)).isEmpty();
  }

  @Test
  void anAnswerThatComesAgainIsNone() {
    beats.next(seconds(10));
    beats.answered(1);

    assertThat(beats.answered(1)).isEmpty();
  }

  private static Duration seconds(int count) {
    return Duration.ofSeconds(count);
  }
}
