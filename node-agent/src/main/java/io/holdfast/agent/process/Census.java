package io.holdfast.agent.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What can be known of the processes of this host without native calls. */
sealed interface Census permits ProcCensus, HandleCensus {

  /** Which of the two depends on whether the kernel shows its processes as files. */
  static Census ofThisHost() {
    return ProcStat.read(ProcessHandle.current().pid()).isPresent()
        ? new ProcCensus()
        : new HandleCensus();
  }

  /** By what those are known that a service has forked. */
  String kin();

  /** True when the record tells which process it is, whether that lives or not. */
  boolean isLegible(Traces traces);

  /** The process of a launch, if it lives and is certainly the same one. */
  Optional<ProcessHandle> find(Traces traces);

  /** True when the parent of the process on record is seen to live. */
  boolean shimLives(Traces traces);

  /** False for one that has ended, reaped or not. */
  boolean isAlive(ProcessHandle process);

  /** What lives and bears the mark of a launch; all of it, where {@link #seesMarks}. */
  List<ProcessHandle> marked(Path record);

  boolean seesMarks();

  /** The names of the records within {@code records} of which something lives that can be seen. */
  Set<String> names(Path records);
}
