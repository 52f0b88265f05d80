package io.holdfast.agent.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A variable in the environment of a service, which what it forks inherits: it tells whose child a
 * process is that has left its session. Two agents never give the same one.
 *
 * @param record the directory of the launch
 * @param since the start of the service, in ticks since boot; its children are not older
 */
record Mark(Path record, long since) {

  static final String VARIABLE = "HOLDFAST_RECORD";

  /** Beside it: the node whose agent has launched the process. */
  private static final String NODE = "HOLDFAST_NODE_ID";

  /** Enough for all arguments and variables that Linux allows by default. */
  private static final int MOST_BYTES = 2 << 20;

  /** What stands after the directory's name, so that no other one begins like it. */
  private static final String END = "/";

  static String value(Path record) {
    return record + END;
  }

  /** The launch that an environment bears the mark of. */
  static Optional<Path> record(Map<String, String> environment) {
    return Optional.ofNullable(environment.get(VARIABLE))
        .map(value -> Path.of(value.substring(0, Math.max(0, value.length() - END.length()))));
  }

  boolean isOn(ProcStat stat) {
    return stat.startTicks() >= since && environment(stat.pid()).contains(entry(record));
  }

  /** The names of the records within {@code records} whose mark any process bears. */
  static Set<String> names(Path records) {
    Set<String> names = new TreeSet<>();
    Sessions.processes().forEach(stat -> name(stat, records).ifPresent(names::add));
    return names;
  }

  /** The name of the record within {@code records} whose mark a process bears. */
  private static Optional<String> name(ProcStat stat, Path records) {
    String start = "\0" + VARIABLE + "=" + records + END;
    String environment = environment(stat.pid());
    int at = environment.indexOf(start);
    int end = environment.indexOf(END + "\0", at + start.length());
    return at < 0 || end < 0
        ? Optional.empty()
        : Optional.of(environment.substring(at + start.length(), end));
  }

  /** The launch whose mark a process bears, if an agent of that node has launched it. */
  static Optional<Path> of(ProcStat stat, String node) {
    String environment = environment(stat.pid());
    String start = "\0" + VARIABLE + "=/";
    int at = environment.indexOf(start);
    int end = environment.indexOf(END + "\0", at + start.length());
    return at < 0 || end < 0 || !environment.contains("\0" + NODE + "=" + node + "\0")
        ? Optional.empty()
        : Optional.of(Path.of(environment.substring(at + start.length() - 1, end)));
  }

  private static String entry(Path record) {
    return "\0" + VARIABLE + "=" + value(record) + "\0";
  }

  /** Each variable between NULs; empty for a process that is gone or that may not be looked at. */
  private static String environment(long pid) {
    try {
      return "\0" + ProcFile.read("/proc/" + pid + "/environ", MOST_BYTES) + "\0";
    } catch (IOException e) {
      return "";
    }
  }
}
