package io.holdfast.agent.log;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a log that has been moved to a file of its own: {@code output.FROM-TO}.
 *
 * <p>An empty one marks what has been given up unread: nothing before it is kept.
 *
 * @param from where it begins, counted from the first byte that the launch has printed
 * @param to where it ends
 */
record LogPiece(Path file, long from, long to) {

  private static final Pattern NAME = Pattern.compile("\\.(\\d{1,18})-(\\d{1,18})");

  static LogPiece of(Path output, long from, long to) {
    return new LogPiece(
        output.resolveSibling(output.getFileName() + "." + from + "-" + to), from, to);
  }

  /** Empty for a file that is not a piece of this log. */
  static Optional<LogPiece> parse(Path output, Path file) {
    String name = file.getFileName().toString();
    String stem = output.getFileName().toString();
    if (!name.startsWith(stem)) {
      return Optional.empty();
    }
    Matcher matcher = NAME.matcher(name.substring(stem.length()));
    return matcher.matches()
        ? Optional.of(
            new LogPiece(file, Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2))))
        : Optional.empty();
  }

  long bytes() {
    return to - from;
  }

  boolean isEmpty() {
    return to == from;
  }

  boolean holds(long position) {
    return from <= position && position < to;
  }
}
