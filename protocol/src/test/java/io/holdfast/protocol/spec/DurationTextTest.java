package io.holdfast.protocol.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DurationTextTest {

  @ParameterizedTest
  @CsvSource({
    "100ms, PT0.1S",
    "5s, PT5S",
    "1m, PT1M",
    "1h, PT1H",
    "1d, PT24H",
    "1.5s, PT1.5S",
    "0s, PT0S",
    "0.5ms, PT0.0005S"
  })
  void aNumberAndAUnitAreADuration(String text, Duration expected) {
    assertThat(DurationText.parse(text)).contains(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "5",
        "s",
        "-5s",
        "5 s",
        "5S",
        "1m30s",
        "PT5S",
        "5us",
        "1e3s",
        ".5s",
        "0.1234567ms"
      })
  void anythingElseIsNot(String text) {
    assertThat(DurationText.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S, 0s",
    "PT90S, 90s",
    "PT60S, 1m",
    "PT24H, 1d",
    "PT36H, 36h",
    "PT1.5S, 1500ms",
    "PT0.0005S, 0.5ms"
  })
  void aDurationIsWrittenWithTheLongestUnitThatFits(Duration duration, String expected) {
    assertThat(DurationText.write(duration)).isEqualTo(expected);
  }

  @Test
  void whatIsWrittenReadsAsTheSameDuration() {
    Random random = new Random(3);
    for (int round = 0; round < 2_000; round++) {
      Duration duration = Duration.ofNanos(random.nextLong(Duration.ofDays(365).toNanos()));
      assertThat(DurationText.parse(DurationText.write(duration))).contains(duration);
    }
  }
}
