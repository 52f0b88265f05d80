package io.holdfast.protocol.spec;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads single values; more strictly than YAML, where 010 is 8 and 1_0 is 10. */
final class Scalars {

  private static final int MOST_DIGITS = 9;
  private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9]\\d*)");
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9]\\d{0,17})(\\.\\d{1,30})?([eE][+-]?\\d{1,2})?");

  private Scalars() {}

  /** One that is too great or too small for an int is the last there is: beyond every bound. */
  static Optional<Integer> whole(SpecNode node) {
    return node instanceof SpecNode.Scalar(_, String text, boolean quoted)
            && !quoted
            && WHOLE.matcher(text).matches()
        ? Optional.of(fitting(text))
        : Optional.empty();
  }

  private static int fitting(String text) {
    if (text.length() <= MOST_DIGITS) {
      return Integer.parseInt(text);
    }
    return text.startsWith("-") ? Integer.MIN_VALUE : Integer.MAX_VALUE;
  }

  static Optional<Double> number(SpecNode node) {
    return node instanceof SpecNode.Scalar(_, String text, boolean quoted) && !quoted
        ? number(text).map(BigDecimal::doubleValue)
        : Optional.empty();
  }

  static Optional<BigDecimal> number(String text) {
    return NUMBER.matcher(text).matches() ? Optional.of(new BigDecimal(text)) : Optional.empty();
  }

  static Optional<Boolean> flag(SpecNode node) {
    return node instanceof SpecNode.Scalar(_, String text, boolean quoted)
            && !quoted
            && (text.equals("true") || text.equals("false"))
        ? Optional.of(Boolean.valueOf(text))
        : Optional.empty();
  }

  /** Numbers and booleans are texts too, as they are written: {@code command: [sleep, 60]}. */
  static Optional<String> text(SpecNode node) {
    return node instanceof SpecNode.Scalar scalar ? Optional.of(scalar.text()) : Optional.empty();
  }

  /** The constant as users write it: {@code least-request} for {@code LEAST_REQUEST}. */
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
