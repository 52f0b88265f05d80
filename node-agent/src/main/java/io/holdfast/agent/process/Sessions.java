package io.holdfast.agent.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Kills what ended services have left behind in their sessions.
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
   */
  record Remains(long session, OptionalLong spared, boolean leader, long endTicks) {

    private boolean holds(ProcStat stat) {
      return stat.session() == session
          && !isDead(stat)
          && (spared.isEmpty() || spared.getAsLong() != stat.pid());
    }

    private List<ProcStat> among(List<ProcStat> processes) {
      List<ProcStat> members = processes.stream().filter(this::holds).toList();
      boolean ours = leader || members.stream().anyMatch(stat -> stat.startTicks() < endTicks);
      return ours ? members : List.of();
    }
  }

  private static final Path PROC = Path.of("/proc");
  private static final int TICKS_PER_SECOND = 100;

  private Sessions() {}

  /** Signals KILL to all that is found, in one pass; true when nothing was found. */
  static boolean kill(List<Remains> sessions) {
    List<ProcStat> processes = processes();
    boolean empty = true;
    for (Remains remains : sessions) {
      for (ProcStat member : remains.among(processes)) {
        kill(member);
        empty = false;
      }
    }
    return empty;
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
    Pidfd.find(member.pid())
        .ifPresent(
            process -> {
              // Looked at again through the handle: the number may have changed hands.
              if (ProcStat.read(member.pid()).filter(member::isSameProcess).isPresent()) {
                process.signal(Signals.KILL);
              }
              process.close();
            });
  }

  private static boolean isDead(ProcStat stat) {
    return stat.state() == 'Z' || stat.state() == 'X';
  }

  private static List<ProcStat> processes() {
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
