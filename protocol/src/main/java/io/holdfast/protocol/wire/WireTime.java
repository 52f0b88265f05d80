package io.holdfast.protocol.wire;

import com.google.protobuf.Timestamp;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;

/** Durations and instants on the wire, to the nanosecond. */
public final class WireTime {

  private static final int NANOS_PER_SECOND = 1_000_000_000;

  private WireTime() {}

  public static com.google.protobuf.Duration duration(Duration value) {
    long seconds = value.getSeconds();
    int nanos = value.getNano();
    // The wire wants both parts with one sign, Java keeps the nanoseconds positive.
    boolean towardsZero = seconds < 0 && nanos > 0;
    return com.google.protobuf.Duration.newBuilder()
        .setSeconds(towardsZero ? seconds + 1 : seconds)
        .setNanos(towardsZero ? nanos - NANOS_PER_SECOND : nanos)
        .build();
  }

  public static Duration duration(com.google.protobuf.Duration value) {
    try {
      return Duration.ofSeconds(value.getSeconds(), value.getNanos());
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("expected a duration that fits", e);
    }
  }

  public static Timestamp instant(Instant value) {
    return Timestamp.newBuilder()
        .setSeconds(value.getEpochSecond())
        .setNanos(value.getNano())
        .build();
  }

  public static Instant instant(Timestamp value) {
    try {
      return Instant.ofEpochSecond(value.getSeconds(), value.getNanos());
    } catch (DateTimeException | ArithmeticException e) {
      throw new IllegalArgumentException("expected a time that fits", e);
    }
  }
}
