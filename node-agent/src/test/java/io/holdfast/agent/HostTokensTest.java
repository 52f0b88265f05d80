package io.holdfast.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class HostTokensTest {

  private static final long NOW = -5_000_000_000L;

  @Test
  void aBurstIsTakenAtOnceAndNoMore() {
    HostTokens tokens = HostTokens.full(NOW);
    for (int i = 0; i < HostTokens.BURST; i++) {
      tokens = tokens.take(NOW).orElseThrow();
    }

    assertThat(tokens.take(NOW)).isEmpty();
  }

  @Test
  void twentyComeBackEachSecond() {
    HostTokens spent = new HostTokens(0, NOW);
    long later = NOW + Duration.ofSeconds(1).toNanos();

    HostTokens left = spent.take(later).orElseThrow();

    assertThat(left.tokens()).isEqualTo(19.0);
  }

  @Test
  void aQuietHostSavesNoMoreThanABurst() {
    HostTokens full = HostTokens.full(NOW);
    long later = NOW + Duration.ofHours(1).toNanos();

    assertThat(full.take(later).map(HostTokens::tokens))
        .isEqualTo(Optional.of(HostTokens.BURST - 1.0));
  }

  @Test
  void aClockThatSeemsToStandStillEarnsNothing() {
    HostTokens spent = new HostTokens(0.5, NOW);

    assertThat(spent.take(NOW - 1)).isEmpty();
  }
}
