package io.holdfast.supervisor.service;

import io.holdfast.core.supervision.ServiceState;
import io.holdfast.core.supervision.ServiceState.Active;
import io.holdfast.supervisor.api.ChangeOutcome;
import io.holdfast.supervisor.service.ServiceActor.Restart;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/** Why fresh instances that an operator asks for are not begun with. */
final class RestartRefusal {

  private RestartRefusal() {}

  /**
   * The refusal; nothing where the restart may be recorded.
   *
   * @param closed why the journal takes no writes, where it takes none
   */
  static Optional<ChangeOutcome> of(
      ServiceState state, Restart restart, Optional<String> closed, Instant now) {
    return closed
        .map(why -> "Nothing was changed: " + why + ".")
        .or(() -> late(restart, now))
        .<ChangeOutcome>map(ChangeOutcome.Unavailable::new)
        .or(() -> unknown(state, restart.slot()));
  }

  private static Optional<String> late(Restart restart, Instant now) {
    return now.isAfter(restart.until())
        ? Optional.of("The restart was asked for too long ago.")
        : Optional.empty();
  }

  private static Optional<ChangeOutcome> unknown(ServiceState state, OptionalInt slot) {
    return switch (state) {
      case ServiceState.Blank(), ServiceState.Gone _ ->
          Optional.of(new ChangeOutcome.Unknown("there is no such service"));
      case Active active ->
          slot.isPresent() && !active.slots().containsKey(slot.getAsInt())
              ? Optional.of(
                  new ChangeOutcome.Unknown(
                      "'" + active.spec().name() + "' has no slot " + slot.getAsInt()))
              : Optional.empty();
    };
  }
}
