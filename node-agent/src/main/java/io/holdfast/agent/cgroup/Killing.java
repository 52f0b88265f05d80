package io.holdfast.agent.cgroup;

import java.util.function.BooleanSupplier;

/** How a process is killed that is known by its number only. */
public interface Killing {

  /**
   * Takes hold of the process first, and then signals it only if it is still the one that is meant.
   */
  void kill(long pid, BooleanSupplier meant);
}
