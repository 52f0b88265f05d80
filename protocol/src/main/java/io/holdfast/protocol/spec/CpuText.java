package io.holdfast.protocol.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Processors as users write them: {@code 1.5}, or {@code 500m} for thousandths. */
final class CpuText {

  /** What a message says was expected. */
  static final String EXPECTED = "expected processors like 500m, 2 or 1.5";

  private static final Pattern THOUSANDTHS = Pattern.compile("(\\d{1,9})m");
  private static final Pattern WHOLE = Pattern.compile("\\d{1,6}(\\.\\d{1,3})?");
  private static final int ONE = 1_000;

  private CpuText() {}

  /** In thousandths; empty for anything that is not written like that. */
  static OptionalInt parse(String text) {
    Matcher thousandths = THOUSANDTHS.matcher(text);
    if (thousandths.matches()) {
      return OptionalInt.of(Integer.parseInt(thousandths.group(1)));
    }
    return WHOLE.matcher(text).matches()
        ? OptionalInt.of(new BigDecimal(text).movePointRight(3).intValueExact())
        : OptionalInt.empty();
  }

  /** The value that {@link #parse} reads as {@code thousandths}: a number where it is whole. */
  static JsonNode write(int thousandths) {
    return thousandths % ONE == 0
        ? IntNode.valueOf(thousandths / ONE)
        : TextNode.valueOf(thousandths + "m");
  }
}
