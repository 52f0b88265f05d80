package io.holdfast.benchmarks;

import java.io.IOException;
import java.nio.file.Path;

/** What has to cost next to nothing beside what is measured, and is therefore written in C. */
final class CProgram {

  private CProgram() {}

  /** Compiles {@code src/main/c/NAME.c} into a directory and returns the program. */
  static Path compiled(String name, Path into) throws IOException, InterruptedException {
    Path source =
        Path.of(System.getProperty("holdfast.root"), "benchmarks/src/main/c", name + ".c");
    Path program = into.resolve(name);
    int code =
        new ProcessBuilder("cc", "-O2", "-o", program.toString(), source.toString())
            .inheritIO()
            .start()
            .waitFor();
    if (code != 0) {
      throw new IOException("this needs a C compiler as cc");
    }
    return program;
  }
}
