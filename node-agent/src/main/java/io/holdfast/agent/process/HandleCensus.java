package io.holdfast.agent.process;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where nothing is known but what Java tells.
 *
 * <p>A record is written while its process lives. So of all that ever bear that number only this
 * one began before its record was written. It takes a wall clock that is not set back beyond that.
 */
record HandleCensus() implements Census {

  @Override
  public String kin() {
    return "descendants";
  }

  @Override
  public boolean isLegible(Traces traces) {
    return traces.pid().isPresent();
  }

  @Override
  public Optional<ProcessHandle> find(Traces traces) {
    Instant written = traces.begunAt();
    return traces.pid().isPresent()
        ? ProcessHandle.of(traces.pid().getAsLong())
            .filter(ProcessHandle::isAlive)
            .filter(process -> beganBefore(written, process))
        : Optional.empty();
  }

  /** Who its parent was is not on record. */
  @Override
  public boolean shimLives(Traces traces) {
    return false;
  }

  @Override
  public boolean isAlive(ProcessHandle process) {
    return process.isAlive();
  }

  @Override
  public List<ProcessHandle> marked(Path record) {
    return List.of();
  }

  @Override
  public boolean seesMarks() {
    return false;
  }

  @Override
  public Set<String> names(Path records) {
    return Set.of();
  }

  private static boolean beganBefore(Instant written, ProcessHandle process) {
    return process.info().startInstant().filter(began -> !began.isAfter(written)).isPresent();
  }
}
