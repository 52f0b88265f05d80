package io.holdfast.agent.process;

import io.holdfast.core.instance.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * What one launch leaves in its directory, so that its end is known without a living agent.
 *
 * <p>Each file holds one line and counts only once that line is complete. {@code pid} holds the
 * process's line of {@code /proc}, {@code exit} the code as a shell sees it, {@code failed} the
 * program that exec refused, {@code guard} that process's line of {@code /proc}. {@code lock} stays
 * locked while anything of the launch lives.
 *
 * <p>Nothing is forced to disk: the files matter to a restarted agent, not to a restarted machine,
 * on which none of the processes lives any more.
 */
final class Traces {

  private static final int NOT_FOUND = 127;
  private static final int NOT_EXECUTABLE = 126;

  private final Path directory;

  Traces(Path directory) {
    this.directory = directory;
  }

  Path directory() {
    return directory;
  }

  Path lock() {
    return directory.resolve("lock");
  }

  Path output() {
    return directory.resolve("output");
  }

  /** The process as it was when it began. */
  Optional<ProcStat> process() {
    return line("pid").flatMap(ProcStat::parse);
  }

  /** The guard that was last started for it. */
  Optional<ProcStat> guard() {
    return line("guard").flatMap(ProcStat::parse);
  }

  /** How it ended, and when, if anyone was there to write it down. */
  Optional<Death> death() {
    return line("exit")
        .flatMap(Traces::code)
        .map(code -> new Death(explained(WaitStatus.ofShell(code)), writtenAt("exit")));
  }

  /** When it began, by the wall clock as it was then. */
  Instant begunAt() {
    return writtenAt("pid");
  }

  /** A shell's way of saying that exec failed is told from a program's own code. */
  ExitStatus explained(ExitStatus status) {
    if (!(status instanceof ExitStatus.Code(int code)) || code < NOT_EXECUTABLE) {
      return status;
    }
    return line("failed").map(program -> refused(code, program)).orElse(status);
  }

  private static ExitStatus refused(int code, String program) {
    int errno = code == NOT_FOUND ? Errno.ENOENT : Errno.EACCES;
    return new ExitStatus.NotStarted(Errno.text(errno) + ": " + program);
  }

  private Optional<String> line(String name) {
    try {
      String text = Files.readString(directory.resolve(name));
      return text.endsWith("\n") ? Optional.of(text.strip()) : Optional.empty();
    } catch (IOException e) {
      // Not there yet, or never will be: to the reader both mean that nothing is known.
      return Optional.empty();
    }
  }

  private static Optional<Integer> code(String text) {
    try {
      return Optional.of(Integer.parseInt(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private Instant writtenAt(String name) {
    try {
      return Files.getLastModifiedTime(directory.resolve(name)).toInstant();
    } catch (IOException e) {
      // It was read a moment ago; somebody is deleting the directory.
      return Instant.now();
    }
  }
}
