package io.holdfast.agent.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/** Reads one log forward, from a number of lines before its end. */
final class LogFile implements AutoCloseable {

  /** What fits into one message to the supervisor. */
  static final int MOST_BYTES = 64 * 1024;

  private final FileChannel channel;
  private final long limit;
  private long position;

  private LogFile(FileChannel channel, long position, long limit) {
    this.channel = channel;
    this.position = position;
    this.limit = limit;
  }

  /**
   * Opens a log so that its last {@code tail} lines come first; all of them for 0.
   *
   * @param growing also what is written from now on; else a log that grows faster than it is read
   *     would never end
   */
  static LogFile open(Path log, int tail, boolean growing) throws IOException {
    FileChannel channel = FileChannel.open(log, StandardOpenOption.READ);
    try {
      long limit = growing ? Long.MAX_VALUE : channel.size();
      return new LogFile(channel, tail == 0 ? 0 : start(channel, tail), limit);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** What comes next, at most {@link #MOST_BYTES}; nothing at the end, for now. */
  byte[] next() throws IOException {
    ByteBuffer buffer =
        ByteBuffer.allocate((int) Math.max(0, Math.min(MOST_BYTES, limit - position)));
    int count = channel.read(buffer, position);
    if (count <= 0) {
      return new byte[0];
    }
    position += count;
    return Arrays.copyOf(buffer.array(), count);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  /** Where the last lines begin: looks for their ends, block by block from the back. */
  private static long start(FileChannel channel, int tail) throws IOException {
    long end = channel.size();
    int wanted = tail;
    ByteBuffer block = ByteBuffer.allocate(MOST_BYTES);
    for (long from = end; from > 0; ) {
      int length = (int) Math.min(MOST_BYTES, from);
      from -= length;
      block.clear().limit(length);
      channel.read(block, from);
      for (int i = length - 1; i >= 0; i--) {
        boolean endsEarlierLine = block.get(i) == '\n' && from + i < end - 1;
        if (endsEarlierLine && --wanted == 0) {
          return from + i + 1;
        }
      }
    }
    return 0;
  }
}
