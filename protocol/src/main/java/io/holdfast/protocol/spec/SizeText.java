package io.holdfast.protocol.spec;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Amounts of memory as users write them: bytes, or a number and one of K, M, G, Ki, Mi, Gi. */
public final class SizeText {

  /** What a message says was expected. */
  static final String EXPECTED = "expected a size like 256Mi, 1.5G or a number of bytes";

  private static final Pattern SHAPE =
      Pattern.compile("(\\d{1,18}(?:\\.\\d{1,9})?)(K|M|G|T|Ki|Mi|Gi|Ti)?");
  private static final List<String> UNITS = List.of("K", "M", "G", "T");
  private static final int BINARY_STEP = 1024;
  private static final int DECIMAL_STEP = 1000;

  private SizeText() {}

  /** Empty for anything that is not written like that, or is no whole number of bytes. */
  static OptionalLong parse(String text) {
    Matcher matcher = SHAPE.matcher(text);
    if (!matcher.matches()) {
      return OptionalLong.empty();
    }
    BigDecimal bytes =
        new BigDecimal(matcher.group(1))
            .multiply(unit(Optional.ofNullable(matcher.group(2)).orElse("")))
            .stripTrailingZeros();
    return bytes.scale() > 0 || bytes.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0
        ? OptionalLong.empty()
        : OptionalLong.of(bytes.longValueExact());
  }

  /** The text with the largest unit of 1024 that {@link #parse} reads as {@code bytes}. */
  public static String write(long bytes) {
    long rest = bytes;
    int steps = 0;
    while (steps < UNITS.size() && rest != 0 && rest % BINARY_STEP == 0) {
      rest /= BINARY_STEP;
      steps++;
    }
    return steps == 0 ? Long.toString(bytes) : rest + UNITS.get(steps - 1) + "i";
  }

  private static BigDecimal unit(String name) {
    if (name.isEmpty()) {
      return BigDecimal.ONE;
    }
    int step = name.endsWith("i") ? BINARY_STEP : DECIMAL_STEP;
    return BigDecimal.valueOf(step).pow(UNITS.indexOf(name.substring(0, 1)) + 1);
  }
}
