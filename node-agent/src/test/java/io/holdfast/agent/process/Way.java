package io.holdfast.agent.process;

import io.holdfast.agent.cgroup.Cgroups;
import java.io.IOException;
import java.time.Clock;

/** The ways in which an agent may have to handle processes. */
enum Way {
  NATIVE,
  PORTABLE,
  /** As where the kernel shows no processes as files. */
  PORTABLE_BLIND;

  Processes start() throws IOException {
    return switch (this) {
      case NATIVE -> NativeProcesses.start(Clock.systemUTC(), Cgroups.none());
      case PORTABLE -> PortableProcesses.start(Clock.systemUTC(), new ProcCensus());
      case PORTABLE_BLIND -> PortableProcesses.start(Clock.systemUTC(), new HandleCensus());
    };
  }
}
