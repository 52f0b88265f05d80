package io.holdfast.cli.console;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Durations as a user writes and reads them: {@code 200ms}, {@code 1.5s}, {@code 10m}. */
public final class DurationText implements ITypeConverter<Duration> {

  private static final Pattern SHAPE = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,3})?)(ms|s|m|h|d)");

  /** Empty for anything that is not a duration. */
  public static Optional<Duration> parse(String text) {
    Matcher matcher = SHAPE.matcher(text.strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    BigDecimal millis = new BigDecimal(matcher.group(1)).multiply(millisIn(matcher.group(2)));
    return Optional.of(Duration.ofMillis(millis.longValue()));
  }

  private static BigDecimal millisIn(String unit) {
    return BigDecimal.valueOf(
        switch (unit) {
          case "ms" -> 1;
          case "s" -> 1_000;
          case "m" -> 60_000;
          case "h" -> 3_600_000;
          default -> 86_400_000;
        });
  }

  /** Short and rounded, for people: {@code 12 ms}, {@code 1.25 s}, {@code 3 m 20 s}. */
  public static String words(Duration duration) {
    long millis = duration.toMillis();
    if (millis < 1_000) {
      return millis + " ms";
    }
    if (millis < 60_000) {
      return String.format(Locale.ROOT, "%.2f s", millis / 1_000.0);
    }
    return duration.toHours() > 0
        ? duration.toHours() + " h " + duration.toMinutesPart() + " m"
        : duration.toMinutes() + " m " + duration.toSecondsPart() + " s";
  }

  @Override
  public Duration convert(String value) {
    return parse(value)
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "expected a duration like 500ms, 30s or 2m, got '" + value + "'"));
  }
}
