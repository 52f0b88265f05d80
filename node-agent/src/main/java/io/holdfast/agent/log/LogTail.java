package io.holdfast.agent.log;

import io.holdfast.core.instance.Exit;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** The end of a log, small enough to go into a report. */
public final class LogTail {

  private static final int MOST_BYTES = 8 * 1024;
  private static final int LONGEST_LINE = 500;

  private LogTail() {}

  /** The last lines, oldest first; none when there is no log. */
  public static List<String> of(Path log) {
    try (FileChannel channel = FileChannel.open(log, StandardOpenOption.READ)) {
      long from = Math.max(0, channel.size() - MOST_BYTES);
      List<String> lines = lines(read(channel, from));
      // The first of them is cut off unless the log begins there.
      List<String> whole = from > 0 && lines.size() > 1 ? lines.subList(1, lines.size()) : lines;
      return List.copyOf(
          whole.subList(Math.max(0, whole.size() - Exit.MOST_LOG_LINES), whole.size()));
    } catch (IOException e) {
      // An exit is reported with its log or without it, but at once.
      return List.of();
    }
  }

  private static String read(FileChannel channel, long from) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(MOST_BYTES);
    channel.read(buffer, from);
    buffer.flip();
    return StandardCharsets.UTF_8.decode(buffer).toString();
  }

  private static List<String> lines(String text) {
    // Zero bytes stand where the head of a long log has been cut off.
    return text.replace("\0", "")
        .lines()
        .map(line -> line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) + "…" : line)
        .toList();
  }
}
