package io.holdfast.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where {@link AgentKills} keeps everything, and that nothing of it is left. */
record KillsPlace(Path base, Path agent, Optional<SmallDisk> disk) {

  /** On a disk of its own if wanted; where that cannot be had the run is skipped. */
  static KillsPlace of(boolean ownDisk) throws IOException, InterruptedException {
    Path base = Files.createTempDirectory("holdfast-kills").toRealPath();
    Path data = Files.createDirectory(base.resolve("disk"));
    Optional<SmallDisk> disk = ownDisk ? SmallDisk.at(data) : Optional.empty();
    if (ownDisk && disk.isEmpty()) {
      House.delete(base);
      IO.println(
          "skipped: the full disk is a file system of its own, which may not be mounted here");
      System.exit(0);
    }
    return new KillsPlace(base, data.resolve("agent"), disk);
  }

  Path supervisor() {
    return base.resolve("supervisor");
  }

  /** What the agents say; of little interest as long as all is well. */
  ProcessBuilder.Redirect said() {
    return ProcessBuilder.Redirect.appendTo(base.resolve("said").toFile());
  }

  OwnProcesses processes() {
    return new OwnProcesses(
        agent,
        command -> command.equals("sleep\000100000\000") || command.startsWith("sh\0-c\0sleep 0."));
  }

  /** Ends every process of the run, the agent first, and deletes every file. */
  void clear() {
    try {
      // It would launch again what is ended.
      for (ProcessHandle child : ProcessHandle.current().children().toList()) {
        child.destroyForcibly();
        child.onExit().join();
      }
      int left = processes().end();
      if (left > 0) {
        IO.println(left + " processes were left and have been ended");
      }
      if (disk.isPresent()) {
        disk.get().unmount();
      }
      House.delete(base);
    } catch (IOException | InterruptedException e) {
      IO.println("Not everything could be cleared away: " + e);
    }
  }
}
