package io.holdfast.agent.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Kills what ended services have left behind in their sessions, and what bears their mark.
 *
 * <p>The number of a session is not reused while anything lives in it. So a number stands for the
 * old session when its leader is still there to be reaped, or when one of its members is older than
 * the end of the service; otherwise it may be a stranger's, and nobody is signalled.
 */
final class Sessions {

  /**
   * A session to be emptied.
   *
   * @param spared the shim, which has its exit code to write
   * @param leader the process whose number the session bears, if this agent has a hold on it
   * @param endTicks when the service ended, in ticks since boot
   * @param mark by which those are known that have left the session
   */
  record Remains(
      long session, OptionalLong spared, boolean leader, long endTicks, Optional<Mark> mark) {

    /** Stands for a session that nothing is in. */
    private static final long NONE = -1;

    /** A session whose members have no way out of it, or are let go. */
    Remains(long session, OptionalLong spared, boolean leader, long endTicks) {
      this(session, spared, leader, endTicks, Optional.empty());
    }

    /** All that bears a mark, when nothing is known of a session any more. */
    static Remains of(Mark mark) {
      return new Remains(NONE, OptionalLong.empty(), false, 0, Optional.of(mark));
    }

    private boolean holds(ProcStat stat) {
      return stat.session() == session && concerns(stat);
    }

    private boolean concerns(ProcStat stat) {
      return !isDead(stat) && (spared.isEmpty() || spared.getAsLong() != stat.pid());
    }

    private List<ProcStat> among(List<ProcStat> processes) {
      List<ProcStat> members = processes.stream().filter(this::holds).toList();
      boolean ours = leader || members.stream().anyMatch(stat -> stat.startTicks() < endTicks);
      return ours ? members : List.of();
    }

    private boolean killMarked(List<ProcStat> processes) {
      boolean empty = true;
      for (ProcStat stat : processes) {
        if (mark.isPresent() && concerns(stat) && mark.get().isOn(stat)) {
          kill(stat);
          empty = false;
        }
      }
      return empty;
    }
  }

  private static final Path PROC = Path.of("/proc");
  private static final int TICKS_PER_SECOND = 100;

  private Sessions() {}

  /** Signals KILL to all that is found, in one pass; true when nothing was found. */
  static boolean kill(Remains remains, List<ProcStat> processes) {
    List<ProcStat> members = remains.among(processes);
    members.forEach(Sessions::kill);
    // Looked for in any case, whatever was found before.
    boolean unmarked = remains.killMarked(processes);
    return unmarked && members.isEmpty();
  }

  /** Signals KILL to a process that is known by its number, if that still means the same one. */
  static void kill(long pid, BooleanSupplier meant) {
    Pidfd.find(pid)
        .ifPresent(
            process -> {
              if (meant.getAsBoolean()) {
                process.signal(Signals.KILL);
              }
              process.close();
            });
  }

  /** The clock that the start of a process is counted on. */
  static long ticks() {
    try {
      String uptime = ProcFile.read("/proc/uptime");
      return (long)
          (Double.parseDouble(uptime.substring(0, uptime.indexOf(' '))) * TICKS_PER_SECOND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void kill(ProcStat member) {
    // Looked at again once it is held: the number may have changed hands.
    kill(member.pid(), () -> ProcStat.read(member.pid()).filter(member::isSameProcess).isPresent());
  }

  static boolean isDead(ProcStat stat) {
    return stat.state() == 'Z' || stat.state() == 'X';
  }

  /** All of this host. */
  static List<ProcStat> processes() {
    List<ProcStat> processes = new ArrayList<>();
    try (Stream<Path> entries = Files.list(PROC)) {
      entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> Character.isDigit(name.charAt(0)))
          .forEach(name -> ProcStat.read(Long.parseLong(name)).ifPresent(processes::add));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return processes;
  }
}
