package io.holdfast.client.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.balancing.Tally;
import io.holdfast.core.detection.FailingStreak;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class StreakTest {

  @Test
  void failuresAddUpFromTheFirstToTheLast() {
    Streak streak = Streak.NONE.after(failed(2), at(1)).after(failed(0), at(20));
    assertThat(streak.isWorthTelling()).isFalse();

    streak = streak.after(failed(1), at(40));

    assertThat(streak.isWorthTelling()).isTrue();
    assertThat(streak.told()).isEqualTo(new FailingStreak(3, Duration.ofSeconds(39)));
  }

  @Test
  void anAnswerEndsItWhateverElseHappenedInThatSecond() {
    Streak streak = Streak.NONE.after(failed(5), at(1));

    assertThat(streak.after(new Tally(1, 7), at(2))).isEqualTo(Streak.NONE);
  }

  @Test
  void twoMinutesWithoutAnotherTryEndIt() {
    Streak streak = Streak.NONE.after(failed(5), at(1));

    assertThat(streak.after(failed(0), at(121))).isEqualTo(streak);
    assertThat(streak.after(failed(0), at(122))).isEqualTo(Streak.NONE);
  }

  private static Tally failed(int count) {
    return new Tally(0, count);
  }

  private static long at(int second) {
    return Duration.ofSeconds(second).toNanos();
  }
}
