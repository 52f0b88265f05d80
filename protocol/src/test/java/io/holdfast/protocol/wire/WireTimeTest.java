package io.holdfast.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.protobuf.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WireTimeTest {

  @Test
  void durationsComeBackToTheNanosecondWhateverTheirSign() {
    for (Duration duration :
        List.of(
            Duration.ZERO,
            Duration.ofNanos(1),
            Duration.ofMillis(1500),
            Duration.ofDays(365),
            Duration.ofNanos(-1),
            Duration.ofMillis(-1500),
            Duration.ofSeconds(-3))) {
      assertThat(WireTime.duration(WireTime.duration(duration))).isEqualTo(duration);
    }
  }

  @Test
  void aNegativeDurationHasOneSignOnTheWire() {
    var wire = WireTime.duration(Duration.ofMillis(-1500));

    assertThat(wire.getSeconds()).isEqualTo(-1);
    assertThat(wire.getNanos()).isEqualTo(-500_000_000);
  }

  @Test
  void instantsComeBackToTheNanosecond() {
    Instant instant = Instant.parse("2026-05-01T12:00:00.123456789Z");
    assertThat(WireTime.instant(WireTime.instant(instant))).isEqualTo(instant);
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> WireTime.instant(Timestamp.newBuilder().setSeconds(Long.MAX_VALUE).build()));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                WireTime.duration(
                    com.google.protobuf.Duration.newBuilder()
                        .setSeconds(Long.MIN_VALUE)
                        .setNanos(-1)
                        .build()));
  }
}
