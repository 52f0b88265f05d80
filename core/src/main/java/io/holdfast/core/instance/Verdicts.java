package io.holdfast.core.instance;

import io.holdfast.core.Decision;
import io.holdfast.core.InWords;
import io.holdfast.core.InstanceId;
import io.holdfast.core.instance.Patient.Condemned;
import io.holdfast.core.instance.Patient.Held;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Which of the condemned go now, which are held, and when that is to be asked again. */
final class Verdicts {

  private Verdicts() {}

  static Decision<LivenessBrake, BrakeEffect> of(LivenessBrake state, Instant now) {
    Decision<LivenessBrake, BrakeEffect> decision = Decision.to(state);
    for (InstanceId id : condemned(state)) {
      decision = judged(decision, id, now);
    }
    Decision<LivenessBrake, BrakeEffect> last = decision;
    return next(last.state(), now)
        .map(wait -> last.then(new BrakeEffect.WakeAfter(wait)))
        .orElse(last);
  }

  /** Who was condemned first goes first. */
  private static List<InstanceId> condemned(LivenessBrake state) {
    return state.patients().entrySet().stream()
        .filter(entry -> entry.getValue().isCondemned())
        .sorted(Comparator.comparing(entry -> since(entry.getValue())))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static Instant since(Patient patient) {
    return switch (patient) {
      case Condemned condemned -> condemned.since();
      case Held held -> held.since();
      case Patient.Well _, Patient.Doubtful _ -> Instant.MAX;
    };
  }

  private static Decision<LivenessBrake, BrakeEffect> judged(
      Decision<LivenessBrake, BrakeEffect> before, InstanceId id, Instant now) {
    LivenessBrake state = before.state();
    Optional<String> cause = CommonCause.of(id.service(), state.failing());
    return switch (Optional.ofNullable(state.patients().get(id)).orElse(new Patient.Well())) {
      case Condemned one ->
          cause
              .map(why -> hold(before, id, new Held(one.since(), one.recovery(), why)))
              .orElseGet(() -> go(before, state.afterKill(id, Optional.empty(), now), id, ""));
      case Held one ->
          state.turn().isPresent() || (cause.isPresent() && !isOver(one, now))
              ? before
              : go(
                  before, state.afterKill(id, Optional.of(one.recovery()), now), id, why(one, now));
      case Patient.Well _, Patient.Doubtful _ -> before;
    };
  }

  private static Decision<LivenessBrake, BrakeEffect> hold(
      Decision<LivenessBrake, BrakeEffect> before, InstanceId id, Held held) {
    return new Decision<LivenessBrake, BrakeEffect>(before.state().with(id, held), before.effects())
        .then(new BrakeEffect.TellHeld(id, held.why()));
  }

  private static Decision<LivenessBrake, BrakeEffect> go(
      Decision<LivenessBrake, BrakeEffect> before, LivenessBrake after, InstanceId id, String why) {
    return new Decision<LivenessBrake, BrakeEffect>(after, before.effects())
        .then(new BrakeEffect.GrantKill(id, why));
  }

  private static boolean isOver(Held held, Instant now) {
    return !held.since().plus(LivenessBrake.LONGEST_HOLD).isAfter(now);
  }

  private static String why(Held held, Instant now) {
    return "its end was held back for "
        + InWords.of(Duration.between(held.since(), now))
        + " because "
        + held.why();
  }

  /** The next moment at which time alone can change something. */
  private static Optional<Duration> next(LivenessBrake state, Instant now) {
    if (state.patients().values().stream().noneMatch(Patient::isCondemned)) {
      return Optional.empty();
    }
    Stream<Instant> holds =
        state.patients().values().stream()
            .filter(Patient::isCondemned)
            .map(patient -> since(patient).plus(LivenessBrake.LONGEST_HOLD));
    Stream<Instant> kills =
        state.killed().values().stream().map(kill -> kill.at().plus(LivenessBrake.TOGETHER));
    Stream<Instant> turns = state.turn().stream().map(LivenessBrake.Turn::until);
    return Stream.of(holds, kills, turns)
        .flatMap(times -> times)
        .filter(time -> time.isAfter(now))
        .min(Comparator.naturalOrder())
        .map(time -> Duration.between(now, time));
  }
}
