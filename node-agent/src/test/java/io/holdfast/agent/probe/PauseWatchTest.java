package io.holdfast.agent.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class PauseWatchTest {

  private final PauseWatch watch = new PauseWatch(0);

  @Test
  void aSteadyPulseIsNoPause() {
    for (int tick = 1; tick <= 20; tick++) {
      watch.tick(millis(100L * tick));
    }

    assertThat(watch.touches(millis(500), millis(2_000))).isFalse();
  }

  @Test
  void whatRanDuringAPauseTouchesIt() {
    watch.tick(millis(100));
    watch.tick(millis(10_000));

    assertThat(watch.touches(millis(50), millis(10_050))).isTrue();
    assertThat(watch.touches(millis(9_999), millis(10_050))).isTrue();
  }

  @Test
  void whatBeganAfterAPauseDoesNot() {
    watch.tick(millis(10_000));

    assertThat(watch.touches(millis(10_000), millis(10_050))).isFalse();
  }

  @Test
  void aPauseIsKnownBeforeTheNextTick() {
    watch.tick(millis(100));

    assertThat(watch.touches(millis(150), millis(5_000))).isTrue();
  }

  private static long millis(long millis) {
    return Duration.ofMillis(millis).toNanos();
  }
}
