package io.holdfast.agent.log;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A small file system of its own, for as long as a test needs it. */
public final class Mount implements AutoCloseable {

  private final Path where;

  private Mount(Path where) {
    this.where = where;
  }

  /** Why a test that needs one cannot run here, or nothing. */
  public static String obstacle() {
    return "root".equals(System.getProperty("user.name")) ? "" : "only root may mount";
  }

  public static Mount of(String type, String options, Path where) throws IOException {
    run(List.of("mount", "-t", type, "-o", options, "holdfast-test", where.toString()));
    return new Mount(where);
  }

  @Override
  public void close() throws IOException {
    run(List.of("umount", where.toString()));
  }

  private static void run(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).inheritIO().start();
    if (process.onExit().orTimeout(20, TimeUnit.SECONDS).join().exitValue() != 0) {
      throw new AssertionError(command + " failed");
    }
  }
}
