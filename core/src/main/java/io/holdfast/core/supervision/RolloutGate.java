package io.holdfast.core.supervision;

import io.holdfast.core.instance.Exit;
import io.holdfast.core.instance.ExitCause;
import io.holdfast.core.spec.RolloutPolicy;
import io.holdfast.core.supervision.ServiceState.Active;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether a rollout may go on, as far as the slots tell that have had their turn. */
final class RolloutGate {

  private RolloutGate() {}

  /** They are all well, and the canaries have been watched for long enough. */
  static boolean isOpen(Active active, Rollout rollout, Instant now) {
    return !isWatched(rollout, active.spec().rollout(), now)
        && done(active, rollout).allMatch(RolloutGate::isWell)
        && isSettled(active, rollout, now);
  }

  /**
   * None of them has failed lately. One failure is repaired and says little, but until it is known
   * to have been the only one no other slot is given to the version.
   */
  static boolean isSettled(Active active, Rollout rollout, Instant now) {
    return failed(active, rollout)
        .allMatch(slot -> settled(active, slot).filter(moment -> !moment.isAfter(now)).isPresent());
  }

  /** When they all will be, and not before {@code moment}; nothing while one is not ready. */
  static Optional<Instant> settled(Active active, Rollout rollout, Instant moment) {
    return failed(active, rollout)
        .map(slot -> settled(active, slot))
        .reduce(
            Optional.of(moment),
            (one, other) -> one.flatMap(a -> other.map(b -> a.isAfter(b) ? a : b)));
  }

  private static Stream<Slot> failed(Active active, Rollout rollout) {
    return rollout.done().stream()
        .flatMap(had -> done(active, rollout).filter(slot -> hasFailed(slot, had.since())));
  }

  private static Optional<Instant> settled(Active active, Slot slot) {
    return slot.tenant()
        .flatMap(
            tenant ->
                tenant.progress() instanceof Tenant.Ready(_, var since)
                    ? Optional.of(since.plus(active.spec().rollout().canaryWatch()))
                    : Optional.empty());
  }

  /** Its instance of the new version took the place of one that failed; by itself, not its host. */
  private static boolean hasFailed(Slot slot, Instant since) {
    return slot.lastLaunch().filter(last -> last.at().isAfter(since)).isPresent()
        && slot.lastExit()
            .filter(exit -> exit.isFailure() && exit.cause() != ExitCause.NODE_LOST)
            .isPresent();
  }

  /** Why it has failed, if it has. */
  static Optional<String> failure(Active active, Rollout rollout, Instant now) {
    boolean watched = isWatched(rollout, active.spec().rollout(), now);
    return rollout
        .done()
        .flatMap(
            had ->
                done(active, rollout)
                    .flatMap(slot -> failure(slot, watched, had.since()).stream())
                    .findFirst())
        .or(() -> overdue(active, rollout, now));
  }

  private static Stream<Slot> done(Active active, Rollout rollout) {
    return rollout.doneSlots().stream().map(active::slot);
  }

  /** As many have had their turn as there are to be canaries, and the others still wait. */
  private static boolean isWatched(Rollout rollout, RolloutPolicy policy, Instant now) {
    return policy.canary() > 0
        && !rollout.waiting().isEmpty()
        && rollout.doneSlots().size() == policy.canary()
        && rollout
            .done()
            .filter(done -> done.since().plus(policy.canaryWatch()).isAfter(now))
            .isPresent();
  }

  /** Those that have had their turn are not all well; by then the rollout has failed. */
  static Optional<Instant> deadline(Active active, Rollout rollout) {
    return rollout
        .done()
        .filter(_ -> rollout.turn().isEmpty())
        .filter(_ -> !done(active, rollout).allMatch(RolloutGate::isWell))
        .map(done -> done.since().plus(active.spec().rollout().deadline()));
  }

  /** One failure is repaired and says little, but not of a canary. */
  private static Optional<String> failure(Slot slot, boolean canary, Instant since) {
    String name = (canary ? "the canary in slot " : "the new instance of slot ") + slot.index();
    if (canary && slot.lastLaunch().filter(last -> last.at().isAfter(since)).isPresent()) {
      return Optional.of(name + slot.lastExit().map(RolloutGate::how).orElse(" failed"));
    }
    return switch (slot.occupancy()) {
      case Occupancy.BackingOff _ ->
          Optional.of(name + " fails" + slot.lastExit().map(RolloutGate::last).orElse(""));
      case Occupancy.Escalated _, Occupancy.Held _ ->
          Optional.of(
              name + " failed again and again" + slot.lastExit().map(RolloutGate::last).orElse(""));
      case Occupancy.Occupied(var tenant) ->
          tenant.regard() instanceof Regard.Isolated || tenant.regard() instanceof Regard.Condemned
              ? Optional.of(name + " exceeded its thresholds")
              : Optional.empty();
      case Occupancy.Vacant(), Occupancy.Missing _, Occupancy.Fenced _, Occupancy.Ended() ->
          Optional.empty();
    };
  }

  private static String how(Exit exit) {
    return " " + exit.reason();
  }

  private static String last(Exit exit) {
    return ", the last time it " + exit.reason();
  }

  private static Optional<String> overdue(Active active, Rollout rollout, Instant now) {
    return deadline(active, rollout)
        .filter(deadline -> !deadline.isAfter(now))
        .flatMap(_ -> done(active, rollout).filter(slot -> !isWell(slot)).findFirst())
        .map(
            slot ->
                "the new instance of slot %d has been unready for too long (rollout.deadline)"
                    .formatted(slot.index()));
  }

  private static boolean isWell(Slot slot) {
    return slot.isReady() || slot.occupancy() instanceof Occupancy.Ended;
  }
}
