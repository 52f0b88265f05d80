package io.holdfast.agent.process;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Reads the small files in which the kernel answers. */
final class ProcFile {

  private static final int MOST_BYTES = 8192;

  private ProcFile() {}

  /**
   * The file's text, in one piece: the kernel gives some of these files to the first read only.
   *
   * <p>Not by way of {@code java.nio.file.Files}, which an interrupt would make fail: threads that
   * are being ended still have processes to look after.
   */
  static String read(String path) throws IOException {
    return read(path, MOST_BYTES);
  }

  /** The same for a file that may be larger than most. */
  static String read(String path, int mostBytes) throws IOException {
    try (InputStream in = new FileInputStream(path)) {
      return new String(in.readNBytes(mostBytes), StandardCharsets.UTF_8);
    }
  }
}
