package io.holdfast.protocol.spec;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as users write them: a number and one of ms, s, m, h, d; {@code 1.5s} is fine. */
public final class DurationText {

  /** What a message says was expected. */
  public static final String EXPECTED = "expected a duration like 200ms, 5s or 1m";

  private static final Pattern SHAPE = Pattern.compile("(\\d{1,12}(?:\\.\\d{1,9})?)(ms|s|m|h|d)");

  /** Longest first. */
  private enum Unit {
    D(Duration.ofDays(1)),
    H(Duration.ofHours(1)),
    M(Duration.ofMinutes(1)),
    S(Duration.ofSeconds(1)),
    MS(Duration.ofMillis(1));

    private final Duration length;

    Unit(Duration length) {
      this.length = length;
    }

    static Unit of(String text) {
      return valueOf(text.toUpperCase(Locale.ROOT));
    }

    boolean divides(Duration value) {
      return value.minus(length.multipliedBy(value.dividedBy(length))).isZero();
    }

    String write(Duration value) {
      return value.dividedBy(length) + name().toLowerCase(Locale.ROOT);
    }
  }

  private DurationText() {}

  /** Empty for anything that is not written like that, or is finer than a nanosecond. */
  public static Optional<Duration> parse(String text) {
    Matcher matcher = SHAPE.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    BigDecimal nanos =
        new BigDecimal(matcher.group(1))
            .multiply(BigDecimal.valueOf(Unit.of(matcher.group(2)).length.toNanos()))
            .stripTrailingZeros();
    return nanos.scale() > 0 ? Optional.empty() : Optional.of(ofNanos(nanos));
  }

  /** The text with the longest unit that {@link #parse} reads as {@code value}; not negative. */
  public static String write(Duration value) {
    if (value.isZero()) {
      return "0s";
    }
    for (Unit unit : Unit.values()) {
      if (unit.divides(value)) {
        return unit.write(value);
      }
    }
    BigDecimal millis = new BigDecimal(value.toNanos()).movePointLeft(6);
    return millis.stripTrailingZeros().toPlainString() + "ms";
  }

  private static Duration ofNanos(BigDecimal nanos) {
    BigDecimal[] parts = nanos.divideAndRemainder(BigDecimal.valueOf(1_000_000_000));
    return Duration.ofSeconds(parts[0].longValueExact(), parts[1].longValueExact());
  }
}
