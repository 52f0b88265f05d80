package io.holdfast.cli.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Ends this process soon after another one is gone, so that a killed demo leaves nothing behind.
 */
final class Parent {

  private static final Duration LOOK = Duration.ofMillis(500);

  private Parent() {}

  static void endWith(long pid) {
    Thread.ofPlatform().daemon().name("parent").start(() -> watch(pid));
  }

  private static void watch(long pid) {
    Optional<Instant> start = start(pid);
    while (start.isPresent() && start.equals(start(pid)) && !isZombie(pid)) {
      Sample.pause(LOOK);
    }
    System.err.println("sample: ends, process " + pid + " is gone");
    Runtime.getRuntime().halt(0);
  }

  /** Tells a process from a later one with the same pid. */
  private static Optional<Instant> start(long pid) {
    return ProcessHandle.of(pid).flatMap(process -> process.info().startInstant());
  }

  /** Dead, but its own parent has not asked how it ended yet. */
  private static boolean isZombie(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      return stat.startsWith("Z", stat.lastIndexOf(')') + 2);
    } catch (IOException _) {
      // No such file: not Linux, or gone by now, which the next look at its start will tell.
      return false;
    }
  }
}
