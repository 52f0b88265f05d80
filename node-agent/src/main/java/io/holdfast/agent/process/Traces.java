package io.holdfast.agent.process;

import io.holdfast.agent.cgroup.Cgroup;
import io.holdfast.agent.cgroup.Cgroups;
import io.holdfast.core.instance.ExitStatus;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * What one launch leaves in its directory, so that its end is known without a living agent.
 *
 * <p>Each file holds one line and counts only once that line is complete. {@code pid} holds the
 * process's line of {@code /proc}, {@code exit} the code as a shell sees it, blank until then,
 * {@code failed} the program that exec refused, {@code guard} that process's line of {@code /proc}.
 * {@code cgroup} names the groups that hold it, a line each, {@code unjoined} those that it could
 * not join. {@code lock} stays locked while anything of a native launch lives, {@code portable}
 * tells that a launch is not a native one.
 *
 * <p>{@code pid} is made by whoever comes first, and by nobody after: by the service that is about
 * to run, or by an agent that revokes the launch. So a record is launched once at most, even where
 * no lock outlives the agent.
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

  static final String PID_MISSING = "its pid is missing";

  private static final String PID = "pid";
  private static final String PORTABLE = "portable";
  private static final String REVOKED = "revoked";

  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

  private final Path directory;
  private final Optional<Cgroup> cgroup;

  private Traces(Path directory, Optional<Cgroup> cgroup) {
    this.directory = directory;
    this.cgroup = cgroup;
  }

  /**
   * Those of a launch that is to come, and what will hold it; there is room for how it ends. Who
   * has its lock asks: a pid that an earlier launch could not write to the end, on a full disk, is
   * void.
   */
  static Traces fresh(Path directory, Optional<Cgroup> cgroup) throws IOException {
    Path pid = directory.resolve(PID);
    if (Files.isRegularFile(pid) && text(directory, PID).isEmpty()) {
      Files.delete(pid);
    }
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

  /** Those of a launch without native calls that is to come. */
  static Traces freshPortable(Path directory) throws IOException {
    Files.writeString(directory.resolve(PORTABLE), "");
    Files.writeString(directory.resolve(EXIT), ROOM);
    return new Traces(directory, Optional.empty());
  }

  /** Those of an earlier launch, of which no group is asked. */
  static Traces found(Path directory) {
    return new Traces(directory, Optional.empty());
  }

  /** True when it was launched without native calls, or was about to be. */
  static boolean isPortable(Path directory) {
    return Files.exists(directory.resolve(PORTABLE));
  }

  /** True unless no agent has come as far as to launch it. */
  boolean isBegun() {
    return isPortable(directory) || Files.exists(lock());
  }

  /** Sees to it that it is not launched from now on; false when it has been. */
  boolean revoke() throws IOException {
    try {
      Files.writeString(
          directory.resolve(PID),
          REVOKED + "\n",
          StandardOpenOption.CREATE_NEW,
          StandardOpenOption.WRITE);
      return true;
    } catch (FileAlreadyExistsException e) {
      return isRevoked();
    }
  }

  boolean isRevoked() {
    return line(PID).filter(REVOKED::equals).isPresent();
  }

  /** The number of the process, which its line of {@code /proc} begins with where there is one. */
  OptionalLong pid() {
    return line(PID)
        .map(line -> line.split(" ", 2)[0])
        .filter(word -> NUMBER.matcher(word).matches())
        .map(word -> OptionalLong.of(Long.parseLong(word)))
        .orElse(OptionalLong.empty());
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
    return Files.isRegularFile(directory.resolve(PID));
  }

  /** The process as it was when it began. */
  Optional<ProcStat> process() {
    return line(PID).flatMap(ProcStat::parse);
  }

  /** That of a native launch, which began in the session and the group of its parent, the shim. */
  Optional<ProcStat> nativeProcess() {
    return process()
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
    return writtenAt(PID);
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
