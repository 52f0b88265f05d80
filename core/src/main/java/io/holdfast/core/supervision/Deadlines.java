package io.holdfast.core.supervision;

import io.holdfast.core.supervision.ServiceState.Active;
import io.holdfast.core.supervision.ServiceState.Blank;
import io.holdfast.core.supervision.ServiceState.Gone;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** When a service must be asked again, if nothing else happens before. */
public final class Deadlines {

  private Deadlines() {}

  /**
   * The earliest moment at which a {@link ServiceInput.Ticked} will change something. It may have
   * passed where a turn waits for word from an agent.
   */
  public static Optional<Instant> next(ServiceState state) {
    return switch (state) {
      case Blank() -> Optional.empty();
      case Gone gone -> earliest(gone.outgoing().values().stream().map(Deadlines::of));
      case Active active ->
          earliest(
              Stream.of(
                      active.outgoing().values().stream()
                          .filter(out -> Ordering.isNext(active, out))
                          .map(Deadlines::of),
                      active.slots().values().stream().flatMap(Deadlines::of),
                      turn(active).stream(),
                      active.rollout().flatMap(one -> RolloutGate.deadline(active, one)).stream())
                  .flatMap(moments -> moments));
    };
  }

  private static Instant of(Outgoing out) {
    return out.since()
        .plus(out.stopping() ? Reconciliation.STOP_AGAIN : Reconciliation.LONGEST_DRAIN);
  }

  private static Stream<Instant> of(Slot slot) {
    return switch (slot.occupancy()) {
      case Occupancy.BackingOff(_, var until) -> Stream.of(until);
      case Occupancy.Fenced(var until) -> Stream.of(until);
      case Occupancy.Escalated(var until) -> Stream.of(until);
      case Occupancy.Held(var until) -> Stream.of(until);
      case Occupancy.Occupied(var tenant) -> Regarding.deadline(tenant).stream();
      case Occupancy.Vacant(), Occupancy.Missing _, Occupancy.Ended() -> Stream.empty();
    };
  }

  private static Optional<Instant> turn(Active active) {
    return active
        .rollout()
        .flatMap(Rollout::turn)
        .or(() -> active.relocation().flatMap(Relocation::surge))
        .map(turn -> of(active, turn));
  }

  private static Instant of(Active active, Rollout.Turn turn) {
    Instant deadline = turn.began().plus(active.spec().rollout().deadline());
    Optional<Tenant> fresh =
        switch (turn) {
          case Rollout.Surge _ -> active.incoming();
          case Rollout.StopFirst(var slot, _) -> active.slot(slot).tenant();
        };
    return fresh
        .map(Tenant::progress)
        .flatMap(
            progress ->
                progress instanceof Tenant.Ready(_, var since)
                    ? Optional.of(since.plus(active.spec().rollout().healthyFor()))
                    : Optional.empty())
        .flatMap(well -> settled(active, well))
        .filter(well -> well.isBefore(deadline))
        .orElse(deadline);
  }

  /** Where another slot has failed in the rollout, a turn ends later. */
  private static Optional<Instant> settled(Active active, Instant well) {
    return active
        .rollout()
        .map(rollout -> RolloutGate.settled(active, rollout, well))
        .orElse(Optional.of(well));
  }

  private static Optional<Instant> earliest(Stream<Instant> moments) {
    return moments.min(Comparator.naturalOrder());
  }
}
