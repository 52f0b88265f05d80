package io.holdfast.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {

  @ParameterizedTest
  @CsvSource({"200ms, 200", "5s, 5000", "1.5s, 1500", "2m, 120000", "1h, 3600000", "1d, 86400000"})
  void readsWhatPeopleWrite(String text, long millis) {
    assertThat(DurationText.parse(text)).contains(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "s", "-5s", "5 s", "5 minutes", "1e3s", "99999999999s"})
  void refusesAnythingElse(String text) {
    assertThat(DurationText.parse(text)).isEmpty();
  }

  @Test
  void writesForPeople() {
    assertThat(DurationText.words(Duration.ofMillis(12))).isEqualTo("12 ms");
    assertThat(DurationText.words(Duration.ofMillis(1_254))).isEqualTo("1.25 s");
    assertThat(DurationText.words(Duration.ofSeconds(200))).isEqualTo("3 m 20 s");
    assertThat(DurationText.words(Duration.ofMinutes(61))).isEqualTo("1 h 1 m");
  }
}
