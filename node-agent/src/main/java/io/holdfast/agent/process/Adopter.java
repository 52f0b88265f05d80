package io.holdfast.agent.process;

import io.holdfast.core.instance.ExitStatus;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Finds the processes of earlier agents again, by boot id, pid and start time. */
final class Adopter {

  private static final int RECORD_LOOKS = 10;
  private static final Duration RECORD_PAUSE = Duration.ofMillis(10);

  private final Clock clock;

  Adopter(Clock clock) {
    this.clock = clock;
  }

  /**
   * Looks for the process of a launch.
   *
   * @param sameBoot whether the machine has not been started anew since
   * @param lastLook true when an answer is wanted even if the traces are incomplete
   */
  Sighting look(Traces traces, boolean sameBoot, boolean lastLook) {
    if (!sameBoot) {
      // All recorded pids are void, so nothing is looked up by them.
      return traces.nativeProcess().isPresent() ? dead(traces) : new Sighting.NeverLaunched();
    }
    return traces
        .nativeProcess()
        .map(identity -> find(identity, traces, lastLook))
        .orElseGet(() -> unrecorded(traces));
  }

  private Sighting find(ProcStat identity, Traces traces, boolean lastLook) {
    return switch (Pidfd.open(identity.pid())) {
      case Pidfd.Opening.Opened(Pidfd process) -> verify(identity, process, traces, lastLook);
      case Pidfd.Opening.NoSuchProcess _ -> ended(traces, lastLook);
      case Pidfd.Opening.Unclear(String why) -> new Sighting.Unclear(why);
    };
  }

  /** The handle comes first, the look second: what the handle means cannot change in between. */
  private Sighting verify(ProcStat identity, Pidfd process, Traces traces, boolean lastLook) {
    if (!lives(identity)) {
      process.close();
      return ended(traces, lastLook);
    }
    Optional<ProcStat> leader = leader(identity);
    return new Sighting.Alive(
        NativeProcess.adopted(
            identity,
            traces.begunAt(),
            process,
            leader.flatMap(shim -> Pidfd.find(shim.pid())),
            leader.filter(ProcStat::isChild).isPresent(),
            traces));
  }

  /** The shim: its session's number is not given to another while the service lives. */
  private static Optional<ProcStat> leader(ProcStat identity) {
    return ProcStat.read(identity.session()).filter(stat -> stat.session() == identity.session());
  }

  /** The service is gone; its shim may be about to write down how. */
  private Sighting ended(Traces traces, boolean lastLook) {
    return traces.death().isEmpty() && !lastLook && isLocked(traces)
        ? new Sighting.Unclear("its record is not written yet")
        : dead(traces);
  }

  private Sighting dead(Traces traces) {
    traces
        .nativeProcess()
        .flatMap(Adopter::leader)
        .filter(ProcStat::isChild)
        .ifPresent(Adopter::reap);
    return new Sighting.Dead(
        traces.death().orElseGet(() -> new Death(new ExitStatus.Unknown(), clock.instant())));
  }

  /** An earlier program of this process has launched it, and nobody else can reap it. */
  private static void reap(ProcStat shim) {
    Pidfd.find(shim.pid())
        .ifPresent(
            process -> {
              process.reap();
              process.close();
            });
  }

  private static Sighting unrecorded(Traces traces) {
    if (traces.death().isPresent()) {
      return new Sighting.Dead(traces.death().get());
    }
    return isLocked(traces)
        ? new Sighting.Unclear("it is being launched")
        : new Sighting.NeverLaunched();
  }

  /**
   * What is wrong with the record of a process that lives. Such a record is incomplete for a moment
   * while it is written, and a shim outlives its service for a moment.
   */
  static Optional<String> damage(Traces traces) {
    Optional<String> damage = seemingDamage(traces);
    for (int look = 1; look < RECORD_LOOKS && damage.isPresent(); look++) {
      LockSupport.parkNanos(RECORD_PAUSE.toNanos());
      damage = seemingDamage(traces);
    }
    return damage;
  }

  private static Optional<String> seemingDamage(Traces traces) {
    if (!traces.hasRecord() || traces.death().isPresent() || !isLocked(traces)) {
      return Optional.empty();
    }
    return traces
        .nativeProcess()
        .map(identity -> isOrphanedShim(identity) ? "its pid is not that of its process" : "")
        .or(() -> Optional.of("its pid is incomplete"))
        .filter(damage -> !damage.isEmpty());
  }

  /** A shim ends right after its one child. */
  private static boolean isOrphanedShim(ProcStat identity) {
    return !lives(identity) && leader(identity).filter(shim -> shim.state() != 'Z').isPresent();
  }

  private static boolean lives(ProcStat identity) {
    return ProcStat.read(identity.pid()).filter(identity::isSameProcess).isPresent();
  }

  /** True unless it is certain that nothing of the launch lives. */
  static boolean mayLive(Traces traces) {
    return isLocked(traces) || traces.nativeProcess().filter(Adopter::lives).isPresent();
  }

  private static boolean isLocked(Traces traces) {
    try {
      Optional<Integer> lock = Fds.lock(traces.lock());
      lock.ifPresent(Fds::close);
      return lock.isEmpty();
    } catch (IOException e) {
      // Not known to be free, and only a free lock proves that nothing lives.
      return true;
    }
  }
}
