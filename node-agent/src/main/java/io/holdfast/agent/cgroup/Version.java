package io.holdfast.agent.cgroup;

/** The two ways in which the kernel shows its groups. */
enum Version {
  /** A hierarchy for each kind of limit. */
  V1("tasks"),
  /** One for all. */
  V2("cgroup.procs");

  private final String entrance;

  Version(String entrance) {
    this.entrance = entrance;
  }

  /**
   * The file by which a process joins.
   *
   * <p>A process of one thread joins a group of version 1 by {@code tasks}, for which the kernel
   * need not hold up every fork on the machine: a tenth of a millisecond, and not several.
   */
  String entrance() {
    return entrance;
  }
}
