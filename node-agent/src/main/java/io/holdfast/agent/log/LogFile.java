package io.holdfast.agent.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/** Reads one log forward, from a number of lines before its end. */
final class LogFile implements AutoCloseable {

  /** What fits into one message to the supervisor. */
  static final int MOST_BYTES = 64 * 1024;

  private final LogText text;
  private final long limit;
  private long position;
  private boolean begun;

  /** What has been read so far ends a line. */
  private boolean lineEnded = true;

  private LogFile(LogText text, long position, long limit) {
    this.text = text;
    this.position = position;
    this.limit = limit;
    this.begun = position > 0;
  }

  /**
   * Opens a log so that its last {@code tail} lines come first; all that is kept for 0.
   *
   * @param growing also what is written from now on; else a log that grows faster than it is read
   *     would never end
   */
  static LogFile open(Path log, int tail, boolean growing) throws IOException {
    LogText text = LogText.open(log);
    try {
      long limit = growing ? Long.MAX_VALUE : text.end();
      return new LogFile(text, tail == 0 ? 0 : start(text, tail), limit);
    } catch (IOException e) {
      text.close();
      throw e;
    }
  }

  /** What comes next, at most {@link #MOST_BYTES}; nothing at the end, for now. */
  byte[] next() throws IOException {
    ByteBuffer buffer =
        ByteBuffer.allocate((int) Math.max(0, Math.min(MOST_BYTES, limit - position)));
    long from = text.read(position, buffer);
    int count = buffer.position();
    if (count == 0) {
      return new byte[0];
    }
    long missed = begun ? from - position : 0;
    begun = true;
    position = from + count;
    boolean within = !lineEnded;
    lineEnded = buffer.get(count - 1) == '\n';
    return missed > 0 ? withNotice(within, missed, buffer) : Arrays.copyOf(buffer.array(), count);
  }

  @Override
  public void close() throws IOException {
    text.close();
  }

  /** A reader that is slower than its log for long must not take the rest for all. */
  private static byte[] withNotice(boolean withinLine, long missed, ByteBuffer read) {
    byte[] notice =
        "%s[holdfast: %d bytes that stood here are not kept any more]\n"
            .formatted(withinLine ? "\n" : "", missed)
            .getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(notice.length + read.position())
        .put(notice)
        .put(read.flip())
        .array();
  }

  /** Where the last lines begin: looks for their ends, block by block from the back. */
  private static long start(LogText text, int tail) throws IOException {
    long end = text.end();
    int wanted = tail;
    ByteBuffer block = ByteBuffer.allocate(MOST_BYTES);
    for (long from = end; from > 0; ) {
      int length = (int) Math.min(MOST_BYTES, from);
      from -= length;
      long kept = text.fill(from, block.clear().limit(length));
      for (int i = block.position() - 1; i >= 0; i--) {
        boolean endsEarlierLine = block.get(i) == '\n' && kept + i < end - 1;
        if (endsEarlierLine && --wanted == 0) {
          return kept + i + 1;
        }
      }
      if (kept > from) {
        return kept;
      }
    }
    return 0;
  }
}
