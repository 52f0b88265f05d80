package io.holdfast.agent.probe;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The first line of an HTTP answer. */
final class StatusLine {

  private static final Pattern SHAPE = Pattern.compile("HTTP/\\d(?:\\.\\d)? (\\d{3})(?: .*)?");

  private StatusLine() {}

  /** Empty for anything else than the first line of an HTTP answer. */
  static OptionalInt code(String line) {
    Matcher matcher = SHAPE.matcher(line.stripTrailing());
    return matcher.matches()
        ? OptionalInt.of(Integer.parseInt(matcher.group(1)))
        : OptionalInt.empty();
  }
}
