package io.holdfast.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** What a process and those it has started have used of the processors, from {@code /proc}. */
final class CpuTime {

  /** The kernel counts in hundredths of a second for every program. */
  private static final Duration TICK = Duration.ofMillis(10);

  private static final int USER = 11;
  private static final int SYSTEM = 12;

  private CpuTime() {}

  static Duration of(Process process) throws IOException {
    long ticks = 0;
    for (ProcessHandle one :
        Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList()) {
      ticks += ticks(one.pid());
    }
    return TICK.multipliedBy(ticks);
  }

  private static long ticks(long pid) throws IOException {
    String line = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
    // The name may hold blanks: what follows it does not.
    List<String> fields = List.of(line.substring(line.lastIndexOf(')') + 2).split(" ", -1));
    return Long.parseLong(fields.get(USER)) + Long.parseLong(fields.get(SYSTEM));
  }
}
