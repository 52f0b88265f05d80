package io.holdfast.agent.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.concurrent.TimeUnit;

/** Waits for what a process writes. */
final class Lines {

  private Lines() {}

  /** The first complete line of a file that may not exist yet. */
  static String first(Path directory, String name) throws IOException, InterruptedException {
    Path file = directory.resolve(name);
    try (WatchService watch = file.getFileSystem().newWatchService()) {
      WatchKey key =
          directory.register(
              watch, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
      while (key.isValid()) {
        String text = Files.exists(file) ? Files.readString(file) : "";
        if (text.indexOf('\n') > 0) {
          return text.substring(0, text.indexOf('\n'));
        }
        if (watch.poll(10, TimeUnit.SECONDS) == null) {
          throw new AssertionError("nothing came in " + file);
        }
        key.pollEvents();
        key.reset();
      }
      throw new AssertionError(file + " is gone");
    }
  }
}
