package io.holdfast.agent.process;

import java.io.IOException;
import java.util.Optional;

/** Tells which processes belong to one service. */
final class Kin {

  /** Deeper than any chain of wrappers; a chain cannot be endless, but it can change below us. */
  private static final int MOST_ANCESTORS = 32;

  private final ProcStat service;
  private final String mark;

  /**
   * The kin of a service that lives.
   *
   * @param mark a variable that no other service has in its environment, with its value
   */
  Kin(ProcStat service, String mark) {
    this.service = service;
    this.mark = "\0" + mark + "\0";
  }

  /** By its session, else by an ancestor, else by what it was given at its start. */
  boolean includes(long pid) {
    return descends(pid) || bearsMark(pid);
  }

  private boolean descends(long pid) {
    Optional<ProcStat> next = ProcStat.read(pid);
    for (int i = 0; i < MOST_ANCESTORS && next.isPresent(); i++) {
      ProcStat stat = next.get();
      // Its session bears this number for as long as the service lives.
      if (stat.session() == service.session() || stat.isSameProcess(service)) {
        return true;
      }
      next = stat.parent() > 1 ? ProcStat.read(stat.parent()) : Optional.empty();
    }
    return false;
  }

  private boolean bearsMark(long pid) {
    try {
      return ("\0" + ProcFile.read("/proc/" + pid + "/environ")).contains(mark);
    } catch (IOException e) {
      // Gone, or another user's: neither speaks for it.
      return false;
    }
  }
}
