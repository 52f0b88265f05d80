package io.holdfast.benchmarks;

import io.holdfast.core.Decision;
import io.holdfast.core.InstanceId;
import io.holdfast.core.NodeId;
import io.holdfast.core.detection.Absence;
import io.holdfast.core.detection.AbsenceEffect;
import io.holdfast.core.detection.AbsenceInput;
import io.holdfast.core.detection.Brake;
import io.holdfast.core.detection.HeartbeatDetector;
import io.holdfast.core.detection.Reach;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A host in virtual time, as a supervisor knows it from heartbeats and from what others find at its
 * doors. What is made of that is decided by core alone; this feeds it, as the session of an agent
 * and the watch of a node do.
 */
final class VirtualHost {

  private static final long INTERVAL = Duration.ofMillis(500).toNanos();
  private static final long TICK = Duration.ofSeconds(1).toNanos();

  /** An agent whose session was ended is back so long after that, once it can. */
  private static final long RECONNECTS = Duration.ofSeconds(1).toNanos();

  /** Of a host that does not die. */
  static final long NEVER = Long.MAX_VALUE;

  /** What the host may ask for. */
  interface Surroundings {

    /** What others find at its doors. */
    Look look(VirtualHost host, long now);

    Brake.Answer ask(VirtualHost host, boolean due, boolean confirmed, long now);
  }

  /** What is found at a moment to come. */
  record Look(long at, Map<InstanceId, Reach> found) {}

  private final NodeId id;
  private final String supervisor;
  private final List<Long> arrivals;
  private final long dies;
  private final Surroundings surroundings;
  private final HostTally tally = new HostTally();
  private int next;
  private Optional<HeartbeatDetector> session = Optional.empty();
  private Optional<Absence> absence = Optional.empty();
  private Optional<Look> look = Optional.empty();
  private boolean lost;
  private long connectsFrom;
  private long ticked;

  /**
   * One that is heard of first by its first heartbeat.
   *
   * @param arrivals of its heartbeats
   * @param dies when nothing comes from it any more, or {@link #NEVER}
   */
  VirtualHost(
      NodeId id, String supervisor, List<Long> arrivals, long dies, Surroundings surroundings) {
    this.id = id;
    this.supervisor = supervisor;
    this.arrivals = arrivals;
    this.dies = dies;
    this.surroundings = surroundings;
  }

  NodeId id() {
    return id;
  }

  String supervisor() {
    return supervisor;
  }

  HostTally tally() {
    return tally;
  }

  boolean isLost() {
    return lost;
  }

  boolean isDead(long now) {
    return now >= dies;
  }

  /** Neither suspect nor lost. */
  boolean isTrusted() {
    return session.isPresent() && absence.isEmpty() && !lost;
  }

  /** Whether its agent does anything within so many nanoseconds. */
  boolean acts(long now, long within) {
    return !isDead(now) && next < arrivals.size() && arrivals.get(next) - now <= within;
  }

  /** Time has come this far. */
  void at(long now) {
    for (; next < arrivals.size() && arrivals.get(next) <= Math.min(now, dies); next++) {
      heard(arrivals.get(next));
    }
    session.ifPresent(it -> checked(it.check(now), now));
    if (absence.isPresent() && now - ticked >= TICK) {
      Duration elapsed = Duration.ofNanos(now - ticked);
      ticked = now;
      hear(new AbsenceInput.Passed(elapsed), now);
    }
    look.filter(it -> it.at() <= now)
        .ifPresent(
            it -> {
              look = Optional.empty();
              hear(AbsenceInput.Checked.of(it.found()), now);
            });
  }

  private void heard(long now) {
    if (session.isPresent()) {
      if (session.get().beat(now)) {
        present();
      }
    } else if (now >= connectsFrom) {
      HeartbeatDetector detector = new HeartbeatDetector(Duration.ofNanos(INTERVAL), now);
      detector.began(now);
      session = Optional.of(detector);
      present();
    }
  }

  private void present() {
    absence = Optional.empty();
    lost = false;
  }

  private void checked(HeartbeatDetector.Finding finding, long now) {
    switch (finding) {
      case FINE -> {}
      case SILENT -> {
        absent(now);
        hear(new AbsenceInput.FellSilent(), now);
      }
      case GONE -> {
        session = Optional.empty();
        connectsFrom = now + RECONNECTS;
        absent(now);
      }
    }
  }

  private void absent(long now) {
    // One that is condemned already, of a session that is open still.
    if (absence.isEmpty() && !lost) {
      tally.suspected(now);
      absence = Optional.of(Absence.begun(Duration.ZERO));
      ticked = now;
      look(now);
    }
  }

  private void hear(AbsenceInput input, long now) {
    if (absence.isPresent()) {
      Decision<Absence, AbsenceEffect> decision = Absence.decide(absence.get(), input);
      absence = Optional.of(decision.state());
      decision.effects().forEach(effect -> carryOut(effect, now));
    }
  }

  private void carryOut(AbsenceEffect effect, long now) {
    switch (effect) {
      case AbsenceEffect.Check() -> look(now);
      case AbsenceEffect.AskBrake(var due, var confirmed) ->
          hear(
              switch (surroundings.ask(this, due, confirmed, now)) {
                case Brake.Answer.Allowed() -> new AbsenceInput.Allowed();
                case Brake.Answer.Withheld(var why) -> new AbsenceInput.Withheld(why);
              },
              now);
      case AbsenceEffect.Doubt _ -> tally.doubted();
      case AbsenceEffect.Trust _ -> tally.trusted();
      case AbsenceEffect.Bury(var instances) -> tally.buried(instances.size());
      case AbsenceEffect.Alarm _ -> {}
      case AbsenceEffect.Condemn _ -> {
        tally.condemned(now);
        absence = Optional.empty();
        lost = true;
      }
    }
  }

  /** One look at a time. */
  private void look(long now) {
    if (look.isEmpty()) {
      look = Optional.of(surroundings.look(this, now)).filter(it -> it.at() != NEVER);
    }
  }
}
