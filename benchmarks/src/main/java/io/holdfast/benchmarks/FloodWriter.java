package io.holdfast.benchmarks;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A service that prints numbered lines of a hundred bytes, as fast as it can, and writes down how
 * long that took and how long the longest of its writes.
 */
final class FloodWriter {

  static final int LINE_BYTES = 100;
  private static final byte[] PADDING = "x".repeat(LINE_BYTES).getBytes(StandardCharsets.US_ASCII);
  private static final int DIGITS = 12;

  private FloodWriter() {}

  /** Arguments: how many lines, how many of them in one write, the file for the figures. */
  @SuppressWarnings("resource")
  public static void main(String[] arguments) throws IOException {
    long lines = Long.parseLong(arguments[0]);
    int batch = Integer.parseInt(arguments[1]);
    FileChannel out = new FileOutputStream(FileDescriptor.out).getChannel();
    ByteBuffer buffer = ByteBuffer.allocateDirect(batch * LINE_BYTES);
    long longest = 0;
    long begin = System.nanoTime();
    for (long line = 1; line <= lines; ) {
      buffer.clear();
      for (int i = 0; i < batch && line <= lines; i++, line++) {
        put(buffer, line);
      }
      buffer.flip();
      long before = System.nanoTime();
      while (buffer.hasRemaining()) {
        out.write(buffer);
      }
      longest = Math.max(longest, System.nanoTime() - before);
    }
    Duration all = Duration.ofNanos(System.nanoTime() - begin);
    Path report = Path.of(arguments[2]);
    Path unfinished = report.resolveSibling("unfinished");
    Files.writeString(unfinished, all + "\n" + Duration.ofNanos(longest) + "\n");
    Files.move(unfinished, report);
  }

  /** Twelve digits, padding, the end of the line. */
  private static void put(ByteBuffer buffer, long line) {
    int at = buffer.position();
    buffer.put(PADDING);
    long rest = line;
    for (int i = DIGITS - 1; i >= 0; i--) {
      buffer.put(at + i, (byte) ('0' + rest % 10));
      rest /= 10;
    }
    buffer.put(at + DIGITS, (byte) ' ').put(at + LINE_BYTES - 1, (byte) '\n');
  }

  /** The number of a line of this service; -1 for anything else. */
  static long number(byte[] text, int at) {
    if (text[at + LINE_BYTES - 1] != '\n' || text[at + DIGITS] != ' ') {
      return -1;
    }
    long number = 0;
    for (int i = 0; i < DIGITS; i++) {
      int digit = text[at + i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = number * 10 + digit;
    }
    return number;
  }
}
