package io.holdfast.agent.process;

import java.io.IOException;
import java.util.Optional;

/**
 * A line of {@code /proc/PID/stat}, as far as it matters here.
 *
 * @param startTicks since boot; with the pid and the boot id the identity of a process
 */
record ProcStat(long pid, char state, long parent, long group, long session, long startTicks) {

  private static final int FIELDS_TO_START = 20;

  static Optional<ProcStat> read(long pid) {
    try {
      return parse(ProcFile.read("/proc/" + pid + "/stat"));
    } catch (IOException e) {
      // A process that ends while it is looked at is the normal case.
      return Optional.empty();
    }
  }

  /** Empty for an incomplete line. */
  static Optional<ProcStat> parse(String line) {
    int open = line.indexOf('(');
    // The name stands in brackets and may hold brackets and blanks itself.
    int close = line.lastIndexOf(')');
    if (open < 2 || close < open || line.length() < close + 3) {
      return Optional.empty();
    }
    String[] fields = line.substring(close + 2).trim().split(" ", -1);
    if (fields.length < FIELDS_TO_START) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new ProcStat(
              Long.parseLong(line.substring(0, open - 1)),
              fields[0].charAt(0),
              Long.parseLong(fields[1]),
              Long.parseLong(fields[2]),
              Long.parseLong(fields[3]),
              Long.parseLong(fields[FIELDS_TO_START - 1])));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** True when this process is its parent, and so the one to reap it. */
  boolean isChild() {
    return parent == ProcessHandle.current().pid();
  }

  boolean isSameProcess(ProcStat other) {
    return pid == other.pid && startTicks == other.startTicks;
  }
}
