package io.holdfast.benchmarks;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * The agent is killed and started on a disk without a free byte, and lives on it for a while; then
 * there is room again until the next time.
 */
final class FullDisk implements Hardship {

  private static final int PAGE = 4096;

  private final Path ballast;
  private int times;

  FullDisk(Path data) {
    this.ballast = data.resolveSibling("ballast");
  }

  @Override
  public void beforeDeath() throws IOException {
    fill();
  }

  /** What has been freed in between is taken as well. */
  @Override
  public void beforeStart() throws IOException {
    fill();
    times++;
  }

  @Override
  public void live(Duration life) throws IOException {
    LockSupport.parkNanos(life.toNanos() / 2);
    Files.delete(ballast);
    LockSupport.parkNanos(life.toNanos() / 2);
  }

  /** What could not be written down is not launched. */
  @Override
  public boolean explains(String end) {
    return end.startsWith("ending could not be started: ")
        && (end.contains("No space left on device") || end.contains("cannot be written"));
  }

  @Override
  public String told() {
    return times + " starts on a full disk";
  }

  private void fill() throws IOException {
    try (OutputStream out =
        Files.newOutputStream(ballast(), java.nio.file.StandardOpenOption.APPEND)) {
      while (true) {
        out.write(new byte[PAGE]);
      }
    } catch (IOException full) {
      if (!String.valueOf(full.getMessage()).contains("No space left")) {
        throw full;
      }
    }
  }

  private Path ballast() throws IOException {
    return Files.exists(ballast) ? ballast : Files.createFile(ballast);
  }
}
