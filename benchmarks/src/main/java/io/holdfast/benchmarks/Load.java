package io.holdfast.benchmarks;

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
    return new ProcessBuilder(
            program.toString(),
            Integer.toString(port),
            host,
            Integer.toString(rate),
            Long.toString(lasts.toSeconds()))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** Whether a few requests in a row are all answered well. */
  boolean isServed() throws IOException {
    return !at(50).run(Duration.ofSeconds(1)).anyFailed();
  }
}
