package io.holdfast.benchmarks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * What befalls the agent's data besides the deaths of the agent; nothing, if not said otherwise.
 */
interface Hardship {

  /** The agent is about to be killed. */
  default void beforeDeath() throws Exception {}

  /** The agent is dead, and about to be started in earnest. */
  default void beforeStart() throws Exception {}

  /** The agent is back, and is let live for a while. */
  default void live(Duration life) throws Exception {
    LockSupport.parkNanos(life.toNanos());
  }

  /** Whether an end that is on record is as it should be here. */
  default boolean explains(String end) {
    return false;
  }

  /** What it did, in a line. */
  String told();

  /** Just the deaths. */
  static Hardship none() {
    return () -> "nothing but SIGKILL";
  }

  /**
   * That of a name.
   *
   * @param data of the agent
   * @param refused starts an agent that must not start, and returns what it says
   */
  static Hardship of(String name, Path data, DamagedNotes.Refusal refused) {
    return switch (name) {
      case "none" -> none();
      case "full" -> new FullDisk(data);
      case "damaged" -> new DamagedNotes(data, refused);
      default ->
          throw new IllegalArgumentException("'" + name + "' is none of: none, full, damaged");
    };
  }
}
