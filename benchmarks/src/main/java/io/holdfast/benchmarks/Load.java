package io.holdfast.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Requests for one service that come at a steady rate, whatever becomes of them ({@code load.c}).
 */
record Load(Path program, int port, String host, int rate) {

  Load at(int other) {
    return new Load(program, port, host, other);
  }

  Answers run(Duration lasts) throws IOException {
    return Answers.of(start(lasts));
  }

  /** What it prints has to be read when it has ended, by {@link Answers#of}. */
  Process start(Duration lasts) throws IOException {
    return start(Integer.toString(rate), lasts);
  }

  private Process start(String speed, Duration lasts) throws IOException {
    return new ProcessBuilder(
            program.toString(),
            Integer.toString(port),
            host,
            speed,
            Long.toString(lasts.toSeconds()))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /**
   * How many requests are answered while each connection carries one after another, as fast as it
   * goes.
   *
   * @throws IOException also when one of them fails
   */
  long countAtFullSpeed(int connections, Duration lasts) throws IOException {
    Process load = start("c" + connections, lasts);
    try (BufferedReader lines = load.inputReader()) {
      String[] counts = lines.lines().findFirst().orElse("0 1").split(" ", -1);
      if (!counts[1].equals("0")) {
        throw new IOException(counts[1] + " requests failed beside " + counts[0] + " answered");
      }
      return Long.parseLong(counts[0]);
    }
  }

  /**
   * Whether all are answered well for a while; a gateway that has just come up is slow at first.
   */
  boolean isServed() throws IOException {
    return !run(Duration.ofSeconds(3)).anyFailed();
  }
}
