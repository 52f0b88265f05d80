package io.holdfast.agent.process;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.holdfast.core.instance.Usage;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** What sessions use, in one pass over {@code /proc}. */
public final class SessionUsage {

  private static final int TICKS_PER_SECOND = 100;
  private static final NativeCall PAGE_SIZE = NativeCall.of("getpagesize", JAVA_INT);

  // Places in the line of /proc/PID/stat, counted after the name.
  private static final int SESSION = 3;
  private static final int FIRST_TIME = 11;
  private static final int LAST_TIME = 14;
  private static final int THREADS = 17;
  private static final int PAGES = 21;

  private SessionUsage() {}

  /**
   * What the members of each session use together, their leaders left out: those are shims. Of
   * processes that have ended only the time counts, and only where their parent has waited for
   * them.
   */
  public static Map<Long, Usage> of(Set<Long> sessions) {
    Map<Long, Usage> found = new HashMap<>();
    String[] names = new File("/proc").list();
    for (String name : names == null ? new String[0] : names) {
      if (Character.isDigit(name.charAt(0))) {
        fields(name)
            .filter(fields -> sessions.contains(Long.parseLong(fields[SESSION])))
            .filter(fields -> !fields[SESSION].equals(name))
            .ifPresent(
                fields ->
                    found.merge(
                        Long.parseLong(fields[SESSION]), one(name, fields), SessionUsage::sum));
      }
    }
    return found;
  }

  private static Optional<String[]> fields(String pid) {
    try {
      String line = ProcFile.read("/proc/" + pid + "/stat");
      String[] fields = line.substring(line.lastIndexOf(')') + 2).trim().split(" ", -1);
      return fields.length > PAGES ? Optional.of(fields) : Optional.empty();
    } catch (IOException | StringIndexOutOfBoundsException e) {
      // A process that ends while it is looked at is the normal case.
      return Optional.empty();
    }
  }

  private static Usage one(String pid, String[] fields) {
    long ticks = 0;
    for (int time = FIRST_TIME; time <= LAST_TIME; time++) {
      ticks += Long.parseLong(fields[time]);
    }
    return new Usage(
        Duration.ofMillis(ticks * 1000 / TICKS_PER_SECOND),
        Long.parseLong(fields[PAGES]) * PAGE_SIZE.call(),
        descriptors(pid),
        Integer.parseInt(fields[THREADS]));
  }

  private static OptionalInt descriptors(String pid) {
    String[] open = new File("/proc/" + pid + "/fd").list();
    return open == null ? OptionalInt.empty() : OptionalInt.of(open.length);
  }

  private static Usage sum(Usage one, Usage other) {
    boolean seen = one.descriptors().isPresent() && other.descriptors().isPresent();
    return new Usage(
        one.cpu().plus(other.cpu()),
        one.memoryBytes() + other.memoryBytes(),
        seen
            ? OptionalInt.of(one.descriptors().getAsInt() + other.descriptors().getAsInt())
            : OptionalInt.empty(),
        one.threads() + other.threads());
  }
}
