package io.holdfast.core.supervision;

import static io.holdfast.core.fixture.Palette.START;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Restarts of the whole cluster: a burst at once, then spread out. */
final class RestartTokensTest {

  @Test
  void aBurstNeedNotWait() {
    RestartTokens tokens = spent(RestartTokens.full(START), 199, START);

    assertThat(tokens.delay(START)).isZero();
  }

  @Test
  void afterTheBurstEachWaitsForItsOwnToken() {
    RestartTokens tokens = spent(RestartTokens.full(START), 200, START);

    assertThat(tokens.delay(START)).isEqualTo(Duration.ofMillis(20));
    assertThat(spent(tokens, 1, START).delay(START)).isEqualTo(Duration.ofMillis(40));
    assertThat(spent(tokens, 50, START).delay(START)).isEqualTo(Duration.ofMillis(1_020));
  }

  @Test
  void tokensComeBackWithTimeAndNeverMoreThanTheBurst() {
    RestartTokens tokens = spent(RestartTokens.full(START), 200, START);

    assertThat(tokens.delay(START.plusMillis(19))).isPositive();
    assertThat(tokens.delay(START.plusMillis(20))).isZero();
    Instant later = START.plus(Duration.ofDays(1));
    assertThat(spent(tokens, 200, later).delay(later)).isEqualTo(Duration.ofMillis(20));
  }

  @Test
  void aClockThatGoesBackGivesNothingAndTakesNothing() {
    RestartTokens tokens = spent(RestartTokens.full(START), 200, START);

    RestartTokens back = tokens.spent(START.minusSeconds(60));

    assertThat(back.asOf()).isEqualTo(START);
    assertThat(back.delay(START)).isEqualTo(Duration.ofMillis(40));
  }

  private static RestartTokens spent(RestartTokens tokens, int count, Instant now) {
    RestartTokens next = tokens;
    for (int i = 0; i < count; i++) {
      next = next.spent(now);
    }
    return next;
  }
}
