package io.holdfast.agent.process;

import java.io.IOException;

/** Read once: it outlasts every process. */
final class BootId {

  static final String OF_THIS_MACHINE = read();

  private BootId() {}

  private static String read() {
    try {
      return ProcFile.read("/proc/sys/kernel/random/boot_id").strip();
    } catch (IOException e) {
      // Only Linux has one. Elsewhere the moment of its start has to tell a process from a later
      // one of the same number.
      return "";
    }
  }
}
