package io.holdfast.agent.log;

import io.holdfast.core.instance.Exit;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The end of a log, small enough to go into a report. */
public final class LogTail {

  private static final int MOST_BYTES = 8 * 1024;
  private static final int LONGEST_LINE = 500;

  private LogTail() {}

  /** The last lines, oldest first; none when there is no log. */
  public static List<String> of(Path log) {
    try (LogText text = LogText.open(log)) {
      ByteBuffer end = ByteBuffer.allocate(MOST_BYTES);
      long from = text.fill(Math.max(0, text.end() - MOST_BYTES), end);
      List<String> lines = lines(StandardCharsets.UTF_8.decode(end.flip()).toString());
      // The first of them is cut off unless the log begins there.
      List<String> whole = from > 0 && lines.size() > 1 ? lines.subList(1, lines.size()) : lines;
      return List.copyOf(
          whole.subList(Math.max(0, whole.size() - Exit.MOST_LOG_LINES), whole.size()));
    } catch (IOException e) {
      // An exit is reported with its log or without it, but at once.
      return List.of();
    }
  }

  private static List<String> lines(String text) {
    // Printed by mistake only, and not every reader of a report takes them.
    return text.replace("\0", "")
        .lines()
        .map(line -> line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) + "…" : line)
        .toList();
  }
}
