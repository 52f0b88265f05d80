package io.holdfast.agent.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Where the kernel shows its processes as files: start times are exact, and marks can be read. */
record ProcCensus() implements Census {

  @Override
  public String kin() {
    return "mark";
  }

  @Override
  public boolean isLegible(Traces traces) {
    return traces.process().isPresent();
  }

  /** The handle comes first, the look second: the handle knows when its process began. */
  @Override
  public Optional<ProcessHandle> find(Traces traces) {
    return traces
        .process()
        .flatMap(
            identity ->
                ProcessHandle.of(identity.pid())
                    .filter(
                        _ -> living(identity.pid()).filter(identity::isSameProcess).isPresent()));
  }

  @Override
  public boolean shimLives(Traces traces) {
    Mark mark = new Mark(traces.directory(), 0);
    return traces
        .process()
        .flatMap(service -> living(service.parent()))
        .filter(mark::isOn)
        .isPresent();
  }

  @Override
  public boolean isAlive(ProcessHandle process) {
    return living(process.pid()).isPresent() && process.isAlive();
  }

  @Override
  public List<ProcessHandle> marked(Path record) {
    Mark mark = new Mark(record, 0);
    return Sessions.processes().stream()
        .filter(stat -> !Sessions.isDead(stat))
        .flatMap(stat -> marked(mark, stat).stream())
        .toList();
  }

  @Override
  public boolean seesMarks() {
    return true;
  }

  @Override
  public Set<String> names(Path records) {
    return Mark.names(records);
  }

  private static Optional<ProcessHandle> marked(Mark mark, ProcStat stat) {
    return ProcessHandle.of(stat.pid()).filter(_ -> mark.isOn(stat));
  }

  private static Optional<ProcStat> living(long pid) {
    return ProcStat.read(pid).filter(stat -> !Sessions.isDead(stat));
  }
}
