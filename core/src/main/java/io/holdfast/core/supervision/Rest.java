package io.holdfast.core.supervision;

import io.holdfast.core.supervision.ServiceState.Active;
import io.holdfast.core.supervision.ServiceState.Blank;
import io.holdfast.core.supervision.ServiceState.Gone;

/** Services in which nothing is under way. */
public final class Rest {

  private Rest() {}

  /**
   * Whether all is as it is wanted, as far as the service itself can tell. Then nothing that was
   * decided can have got lost, and a {@link ServiceInput.Ticked} changes something only because of
   * a deadline ({@link Deadlines}) or of the surroundings.
   */
  public static boolean isAtRest(ServiceState state) {
    return switch (state) {
      case Blank() -> true;
      case Gone gone -> gone.outgoing().isEmpty();
      case Active active -> isAtRest(active);
    };
  }

  private static boolean isAtRest(Active active) {
    return active.outgoing().isEmpty()
        && active.rollout().isEmpty()
        && active.surge().isEmpty()
        && active.reversion().isEmpty()
        && active.commonCause().isEmpty()
        && active.lost().isEmpty()
        && active.slots().size() == active.spec().slots()
        && active.slots().values().stream().allMatch(Rest::isAtRest);
  }

  private static boolean isAtRest(Slot slot) {
    return switch (slot.occupancy()) {
      case Occupancy.Occupied(var tenant) -> tenant.isReady() && tenant.regard().isGood();
      case Occupancy.Ended() -> true;
      case Occupancy.Vacant(),
          Occupancy.Missing _,
          Occupancy.BackingOff _,
          Occupancy.Escalated _,
          Occupancy.Held _,
          Occupancy.Fenced _ ->
          false;
    };
  }
}
