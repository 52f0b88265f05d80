package io.holdfast.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RestartTokensTest {

  private static final long NOW = -5_000_000_000L;

  @Test
  void aBurstIsTakenAtOnceAndNoMore() {
    RestartTokens tokens = RestartTokens.full(NOW);
    for (int i = 0; i < RestartTokens.BURST; i++) {
      tokens = tokens.take(NOW).orElseThrow();
    }

    assertThat(tokens.take(NOW)).isEmpty();
  }

  @Test
  void twentyComeBackEachSecond() {
    RestartTokens spent = new RestartTokens(0, NOW);
    long later = NOW + Duration.ofSeconds(1).toNanos();

    RestartTokens left = spent.take(later).orElseThrow();

    assertThat(left.tokens()).isEqualTo(19.0);
  }

  @Test
  void aQuietHostSavesNoMoreThanABurst() {
    RestartTokens full = RestartTokens.full(NOW);
    long later = NOW + Duration.ofHours(1).toNanos();

    assertThat(full.take(later).map(RestartTokens::tokens))
        .isEqualTo(Optional.of(RestartTokens.BURST - 1.0));
  }

  @Test
  void aClockThatSeemsToStandStillEarnsNothing() {
    RestartTokens spent = new RestartTokens(0.5, NOW);

    assertThat(spent.take(NOW - 1)).isEmpty();
  }
}
