package io.holdfast.agent;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Who bears the mark of an agent. */
final class Bearers {

  private Bearers() {}

  /** Processes of this agent's instances: the service, its shim and what they have forked. */
  static long of(Path data) throws IOException {
    String mark = "HOLDFAST_RECORD=" + data.toRealPath() + "/";
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      return processes
          .filter(process -> Character.isDigit(process.getFileName().toString().charAt(0)))
          .filter(process -> text(process.resolve("environ")).contains(mark))
          .count();
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      // It has ended since, or is a zombie.
      return "";
    }
  }
}
