package io.holdfast.agent.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A small file that is complete or absent, whenever the agent is killed. Never forced to disk. */
final class Note {

  /** How the name of one ends that was being written when the agent ended. */
  static final String UNFINISHED = ".new";

  private Note() {}

  static void replace(Path file, byte[] content) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + UNFINISHED);
    Files.write(fresh, content);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
