package io.holdfast.agent.log;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A process that appends numbered lines to a log, as a service does. */
final class Printer implements AutoCloseable {

  private final Process process;

  private Printer(Process process) {
    this.process = process;
  }

  /** Prints {@code first} to {@code last}, one a line, as fast as it can. */
  static Printer start(Path output, long first, long last) throws Exception {
    return new Printer(
        new ProcessBuilder(
                "seq",
                "-f",
                "%.0f of the lines that none must be missing of",
                "" + first,
                "" + last)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
            .start());
  }

  static void print(Path output, long first, long last) throws Exception {
    try (Printer printer = start(output, first, last)) {
      printer.await();
    }
  }

  void await() throws InterruptedException {
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new AssertionError("the printer does not end");
    }
  }

  boolean isPrinting() {
    return process.isAlive();
  }

  /** What is printed from {@code first} to {@code last}. */
  static String lines(long first, long last) {
    StringBuilder text = new StringBuilder();
    for (long line = first; line <= last; line++) {
      text.append(line).append(" of the lines that none must be missing of\n");
    }
    return text.toString();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
