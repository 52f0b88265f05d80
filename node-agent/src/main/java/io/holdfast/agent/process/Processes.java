package io.holdfast.agent.process;

import io.holdfast.agent.cgroup.Cgroups;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The processes of this host, as one agent handles them: by {@link NativeProcesses} where the
 * system has what that takes, else by {@link PortableProcesses}.
 */
public sealed interface Processes extends AutoCloseable permits NativeProcesses, PortableProcesses {

  /** The native way, without control groups. */
  static Processes start(Clock clock) throws IOException {
    return start(clock, Cgroups.none());
  }

  /** The native way. */
  static Processes start(Clock clock, Cgroups cgroups) throws IOException {
    return NativeProcesses.start(clock, cgroups);
  }

  /** True for an agent that does without native calls. */
  default boolean isPortable() {
    return this instanceof PortableProcesses;
  }

  /** What this host can do for services, by name. */
  Map<String, String> attributes();

  /** Launches a service; blocks until it is known to run or not. */
  LaunchOutcome launch(LaunchOrder order);

  /**
   * Looks for what an earlier agent launched.
   *
   * @param record the directory of that launch's {@link LaunchOrder}
   * @param bootId of the machine at the time of the launch
   * @param lastLook true when an answer is wanted even if the record is incomplete
   */
  Sighting look(Path record, String bootId, boolean lastLook);

  /** Launches of earlier agents of which something lives: the names of their records. */
  Set<String> leftBehind(Path records);

  /** Kills, without waiting for it, all that is left of a launch that has ended. */
  void clear(Path record);

  /**
   * Fails with what is wrong with the traces of a launch that lives.
   *
   * @param hasRun whether an agent has seen it run, so that its pid must be on record
   */
  void checkTraces(Path record, boolean hasRun) throws IOException;

  /** True when something of a launch lives, as far as its traces tell. */
  boolean mayLive(Path record);

  /** Sees to it that a service found alive has its guard. */
  void guard(ServiceProcess process, GuardOrder order);

  /**
   * Makes the socket on which a service that is launched or adopted says how it is. What it says is
   * heard on a thread of its own: it must neither wait for a death to be handled nor delay one.
   *
   * @param record the directory of its launch
   * @param user whose word counts; the agent's own when absent
   */
  NotifyEar listen(Path record, Optional<String> user) throws IOException;

  /**
   * Runs a short command; its output is thrown away. With the mark of a launch it is held by what
   * holds that one, so that what it leaves behind ends with it at the latest.
   */
  CommandRun run(
      List<String> command, Map<String, String> environment, Path directory, Optional<String> user)
      throws IOException;

  /** HOME and USER of an account; none for one that does not exist. */
  Map<String, String> variablesOf(String user);

  /** Makes a user the owner of a directory, where that user exists and the agent may do so. */
  void giveTo(Path directory, String user) throws IOException;

  /** Stops watching. Every process goes on. */
  @Override
  void close();

  /** Makes what runs with this environment a part of a launch: it ends with that. */
  static Map<String, String> marked(Map<String, String> environment, Path record) {
    Map<String, String> marked = new HashMap<>(environment);
    marked.put(Mark.VARIABLE, Mark.value(record));
    return marked;
  }

  /**
   * The kernel's name for the time since this machine was last started; blank where it has none.
   */
  static String bootId() {
    return BootId.OF_THIS_MACHINE;
  }
}
