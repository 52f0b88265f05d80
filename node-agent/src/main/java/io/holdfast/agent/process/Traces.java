package io.holdfast.agent.process;

import io.holdfast.agent.cgroup.Cgroup;
import io.holdfast.agent.cgroup.Cgroups;
import io.holdfast.core.instance.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What one launch leaves in its directory, so that its end is known without a living agent.
 *
 * <p>Each file holds one line and counts only once that line is complete. {@code pid} holds the
 * process's line of {@code /proc}, {@code exit} the code as a shell sees it, blank until then,
 * {@code failed} the program that exec refused, {@code guard} that process's line of {@code /proc}.
 * {@code cgroup} names the groups that hold it, a line each, {@code unjoined} those that it could
 * not join. {@code lock} stays locked while anything of the launch lives.
 *
 * <p>Nothing is forced to disk: the files matter to a restarted agent, not to a restarted machine,
 * on which none of the processes lives any more.
 */
final class Traces {

  private static final int NOT_FOUND = 127;
  private static final int NOT_EXECUTABLE = 126;

  private static final int KILLED = 128 + Signals.KILL;
  private static final String GROUPS = "cgroup";
  private static final String EXIT = "exit";

  /** As long as the longest code. */
  private static final String ROOM = "   \n";

  private final Path directory;
  private final Optional<Cgroup> cgroup;

  private Traces(Path directory, Optional<Cgroup> cgroup) {
    this.directory = directory;
    this.cgroup = cgroup;
  }

  /** Those of a launch that is to come, and what will hold it; there is room for how it ends. */
  static Traces fresh(Path directory, Optional<Cgroup> cgroup) throws IOException {
    if (cgroup.isPresent()) {
      List<String> paths = cgroup.get().paths().stream().map(Path::toString).toList();
      Files.writeString(directory.resolve(GROUPS), String.join("\n", paths) + "\n");
    }
    Files.writeString(directory.resolve(EXIT), ROOM);
    return new Traces(directory, cgroup);
  }

  /** Those of an earlier launch. */
  static Traces found(Path directory, Cgroups cgroups) {
    return new Traces(directory, cgroups.noted(name(directory), groups(directory)));
  }

  /** True when there is a note of groups, and not of any that can be those of this launch. */
  static boolean hasForeignGroups(Path directory, Cgroups cgroups) {
    return Files.exists(directory.resolve(GROUPS))
        && !cgroups.canBe(name(directory), groups(directory));
  }

  private static List<String> groups(Path directory) {
    return text(directory, GROUPS).map(text -> text.lines().toList()).orElse(List.of());
  }

  private static String name(Path directory) {
    return String.valueOf(directory.getFileName());
  }

  /** What holds all that the service forks. */
  Optional<Cgroup> cgroup() {
    return cgroup;
  }

  /** True when the service is not in its groups, or not in all of them. */
  boolean isAtLarge() {
    return cgroup.isEmpty() || Files.exists(directory.resolve("unjoined"));
  }

  Path directory() {
    return directory;
  }

  Path lock() {
    return lock(directory);
  }

  static Path lock(Path directory) {
    return directory.resolve("lock");
  }

  Path output() {
    return directory.resolve("output");
  }

  /** True when its process has been written down, legibly or not. */
  boolean hasRecord() {
    return Files.exists(directory.resolve("pid"));
  }

  /** The process as it was when it began, in the session and the group of its parent, the shim. */
  Optional<ProcStat> process() {
    return line("pid")
        .flatMap(ProcStat::parse)
        .filter(stat -> stat.session() == stat.parent() && stat.session() == stat.group());
  }

  /** The guard that was last started for it. */
  Optional<ProcStat> guard() {
    return line("guard").flatMap(ProcStat::parse);
  }

  /** How it ended, and when, if anyone was there to write it down. */
  Optional<Death> death() {
    return line(EXIT)
        .flatMap(Traces::code)
        .map(code -> new Death(explained(WaitStatus.ofShell(code)), writtenAt(EXIT)));
  }

  /** When it began, by the wall clock as it was then. */
  Instant begunAt() {
    return writtenAt("pid");
  }

  /**
   * A shell's way of saying that exec failed is told from a program's own code, and what the kernel
   * has killed because memory ran out from what somebody else has.
   */
  ExitStatus explained(ExitStatus status) {
    return switch (status) {
      case ExitStatus.Code(int code) when code == KILLED ->
          // Of a shell whose child it was.
          ranOutOfMemory() ? new ExitStatus.Signal("KILL", true) : status;
      case ExitStatus.Code(int code) when code >= NOT_EXECUTABLE ->
          line("failed").map(program -> refused(code, program)).orElse(status);
      case ExitStatus.Signal(String name, boolean _) when name.equals("KILL") ->
          new ExitStatus.Signal(name, ranOutOfMemory());
      case ExitStatus.Code _, ExitStatus.Signal _, ExitStatus.NotStarted _, ExitStatus.Unknown _ ->
          status;
    };
  }

  private boolean ranOutOfMemory() {
    return cgroup.filter(Cgroup::ranOutOfMemory).isPresent();
  }

  private static ExitStatus refused(int code, String program) {
    int errno = code == NOT_FOUND ? Errno.ENOENT : Errno.EACCES;
    return new ExitStatus.NotStarted(Errno.text(errno) + ": " + program);
  }

  private Optional<String> line(String name) {
    return text(directory, name).map(String::strip);
  }

  private static Optional<String> text(Path directory, String name) {
    try {
      String text = Files.readString(directory.resolve(name));
      return text.endsWith("\n") ? Optional.of(text) : Optional.empty();
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
