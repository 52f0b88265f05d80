package io.holdfast.agent.cgroup;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Reads and writes files by which the kernel is talked to, each in one piece.
 *
 * <p>Not by way of {@code java.nio.file.Files}, which an interrupt would make fail: threads that
 * are being ended still have groups to look after.
 */
final class KernelFile {

  /** Room for the numbers of some hundred thousand processes. */
  private static final int MOST_BYTES = 1 << 20;

  private KernelFile() {}

  static String read(Path file) throws IOException {
    try (InputStream in = new FileInputStream(file.toString())) {
      return new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
    }
  }

  /** Fails where there is no such file: the kernel makes them all. */
  static void write(Path file, String value) throws IOException {
    try (OutputStream out = new FileOutputStream(file.toString())) {
      out.write(value.getBytes(StandardCharsets.UTF_8));
    }
  }
}
