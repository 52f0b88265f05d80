package io.holdfast.core.instance;

import io.holdfast.core.Decision;
import io.holdfast.core.InstanceId;
import io.holdfast.core.instance.Patient.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Keeps an agent from ending healthy processes for a fault that is not theirs.
 *
 * <p>One that hangs alone is ended at once. When more than half of a service's instances on this
 * host, or of all instances on it, and at least two, fail their liveness probes together, none is
 * ended for {@link #LONGEST_HOLD}; whoever answers again is let live. After that they go one at a
 * time, the next when the one before has been replaced by one that is ready, or has had the time.
 *
 * @param patients the instances whose liveness is probed
 * @param killed the slots of those ended a moment ago, which still count as failing
 * @param turn whose replacement is waited for
 */
public record LivenessBrake(
    NavigableMap<InstanceId, Patient> patients,
    NavigableMap<Place, Kill> killed,
    Optional<Turn> turn) {

  /** How long kills are refused. */
  public static final Duration LONGEST_HOLD = Duration.ofSeconds(30);

  /** Failures no further apart than this are together. */
  static final Duration TOGETHER = Duration.ofSeconds(10);

  record Kill(long epoch, Instant at) {}

  record Turn(Place place, Instant until) {}

  /** The brake of an agent that has just started. */
  public static final LivenessBrake RELEASED =
      new LivenessBrake(new TreeMap<>(), new TreeMap<>(), Optional.empty());

  public LivenessBrake {
    patients = Collections.unmodifiableNavigableMap(patients);
    killed = Collections.unmodifiableNavigableMap(killed);
  }

  public static Decision<LivenessBrake, BrakeEffect> decide(
      LivenessBrake state, BrakeEvent event, Instant now) {
    LivenessBrake next = state.after(event, now);
    boolean idle = next.equals(state) && !(event instanceof BrakeEvent.TimePassed);
    return idle ? Decision.to(state) : Verdicts.of(next.expired(now), now);
  }

  /** Which slots have a liveness probe, and whether they fail. */
  Map<Place, Boolean> failing() {
    Map<Place, Boolean> failing = new TreeMap<>();
    killed.keySet().forEach(place -> failing.put(place, true));
    patients.forEach(
        (id, patient) -> failing.merge(Place.of(id), patient.fails(), Boolean::logicalOr));
    return failing;
  }

  LivenessBrake with(InstanceId id, Patient patient) {
    NavigableMap<InstanceId, Patient> next = new TreeMap<>(patients);
    next.put(id, patient);
    return new LivenessBrake(next, killed, turn);
  }

  LivenessBrake afterKill(InstanceId id, Optional<Duration> recovery, Instant now) {
    NavigableMap<Place, Kill> kills = new TreeMap<>(killed);
    kills.put(Place.of(id), new Kill(id.epoch(), now));
    Optional<Turn> next =
        recovery.map(time -> new Turn(Place.of(id), now.plus(time))).or(() -> turn);
    return new LivenessBrake(without(id), kills, next);
  }

  private LivenessBrake after(BrakeEvent event, Instant now) {
    return switch (event) {
      case BrakeEvent.LivenessPassed(InstanceId id) -> seen(id, new Patient.Well());
      case BrakeEvent.LivenessMissed(InstanceId id) ->
          isCondemned(id) ? this : seen(id, new Patient.Doubtful());
      case BrakeEvent.KillAsked(InstanceId id, Duration recovery) ->
          isCondemned(id) ? this : seen(id, new Patient.Condemned(now, recovery));
      case BrakeEvent.Readied(InstanceId id) -> readied(id);
      case BrakeEvent.Gone(InstanceId id) ->
          patients.containsKey(id) ? new LivenessBrake(without(id), killed, turn) : this;
      case BrakeEvent.TimePassed _ -> this;
    };
  }

  private LivenessBrake seen(InstanceId id, Patient patient) {
    boolean over =
        Optional.ofNullable(killed.get(Place.of(id)))
            .filter(kill -> kill.epoch() >= id.epoch())
            .isPresent();
    return over || patient.equals(patients.get(id)) ? this : with(id, patient);
  }

  private LivenessBrake readied(InstanceId id) {
    Place place = Place.of(id);
    if (!killed.containsKey(place) && turn.filter(one -> one.place().equals(place)).isEmpty()) {
      return this;
    }
    NavigableMap<Place, Kill> kills = new TreeMap<>(killed);
    kills.remove(place);
    return new LivenessBrake(patients, kills, turn.filter(one -> !one.place().equals(place)));
  }

  private LivenessBrake expired(Instant now) {
    NavigableMap<Place, Kill> kills = new TreeMap<>(killed);
    kills.values().removeIf(kill -> !kill.at().plus(TOGETHER).isAfter(now));
    return new LivenessBrake(patients, kills, turn.filter(one -> one.until().isAfter(now)));
  }

  private boolean isCondemned(InstanceId id) {
    return Optional.ofNullable(patients.get(id)).filter(Patient::isCondemned).isPresent();
  }

  private NavigableMap<InstanceId, Patient> without(InstanceId id) {
    NavigableMap<InstanceId, Patient> rest = new TreeMap<>(patients);
    rest.remove(id);
    return rest;
  }
}
