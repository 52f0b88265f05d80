package io.holdfast.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A file system of a few megabytes for as long as a run takes; only root can have one. */
record SmallDisk(Path where) {

  private static final String SIZE = "size=16m";

  /** Empty when it may not be mounted. */
  static Optional<SmallDisk> at(Path where) throws IOException, InterruptedException {
    return run("mount", "-t", "tmpfs", "-o", SIZE, "holdfast-kills", where.toString())
        ? Optional.of(new SmallDisk(where))
        : Optional.empty();
  }

  void unmount() throws IOException, InterruptedException {
    if (!run("umount", where.toString())) {
      throw new IOException(where + " could not be unmounted");
    }
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(List.of(command)).inheritIO().start().waitFor() == 0;
  }
}
