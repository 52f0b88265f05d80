package io.holdfast.agent.process;

import io.holdfast.core.instance.ExitStatus;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Finds the processes of earlier agents again without native calls. No lock tells whether a launch
 * is still under way, so one without a process is revoked; see {@link Traces}.
 */
final class PortableAdopter {

  private static final int RECORD_LOOKS = 10;
  private static final Duration RECORD_PAUSE = Duration.ofMillis(10);

  private final Census census;
  private final Clock clock;

  PortableAdopter(Census census, Clock clock) {
    this.census = census;
    this.clock = clock;
  }

  Sighting look(Traces traces, boolean sameBoot, boolean lastLook) {
    if (!sameBoot) {
      // All recorded pids are void, so nothing is looked up by them.
      return traces.hasRecord() ? dead(traces) : new Sighting.NeverLaunched();
    }
    if (!traces.hasRecord()) {
      return unrecorded(traces);
    }
    if (traces.isRevoked()) {
      return new Sighting.Revoked();
    }
    return census
        .find(traces)
        .<Sighting>map(
            handle -> new Sighting.Alive(PortableProcess.adopted(census, handle, traces)))
        .orElseGet(() -> ended(traces, lastLook));
  }

  /**
   * Such a record is incomplete for a moment while it is written, and a shim outlives its service
   * for a moment.
   */
  boolean isDamaged(Traces traces) {
    for (int look = 0; look < RECORD_LOOKS; look++) {
      if (!seemsDamaged(traces)) {
        return false;
      }
      LockSupport.parkNanos(RECORD_PAUSE.toNanos());
    }
    return true;
  }

  private boolean seemsDamaged(Traces traces) {
    return isIllegible(traces) ? mayLive(traces) : hasOrphanedShim(traces);
  }

  /** A shim ends right after its one child, so that is not the one on record. */
  private boolean hasOrphanedShim(Traces traces) {
    return traces.death().isEmpty() && census.find(traces).isEmpty() && census.shimLives(traces);
  }

  /** True unless it is certain that nothing of the launch lives. */
  boolean mayLive(Traces traces) {
    return census.seesMarks()
        ? census.find(traces).isPresent() || !census.marked(traces.directory()).isEmpty()
        : census.find(traces).isPresent() || isIllegible(traces);
  }

  private boolean isIllegible(Traces traces) {
    return traces.hasRecord()
        && !traces.isRevoked()
        && !census.isLegible(traces)
        && traces.death().isEmpty();
  }

  private static Sighting unrecorded(Traces traces) {
    if (!traces.isBegun()) {
      return new Sighting.NeverLaunched();
    }
    try {
      return traces.revoke()
          ? new Sighting.Revoked()
          : new Sighting.Unclear("it is being launched");
    } catch (IOException e) {
      return new Sighting.Unclear("it may be being launched: " + e.getMessage());
    }
  }

  /** The service is gone; its shim may be about to write down how. */
  private Sighting ended(Traces traces, boolean lastLook) {
    return traces.death().isEmpty() && !lastLook && mayWrite(traces)
        ? new Sighting.Unclear("its record is not written yet")
        : dead(traces);
  }

  private boolean mayWrite(Traces traces) {
    return !census.seesMarks() || !census.marked(traces.directory()).isEmpty();
  }

  private Sighting dead(Traces traces) {
    return new Sighting.Dead(
        traces.death().orElseGet(() -> new Death(new ExitStatus.Unknown(), clock.instant())));
  }
}
