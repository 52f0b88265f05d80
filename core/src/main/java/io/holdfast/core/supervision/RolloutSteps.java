package io.holdfast.core.supervision;

import io.holdfast.core.supervision.ServiceState.Active;
import java.util.Optional;

/** How a rollout's recorded steps change a service. */
final class RolloutSteps {

  private RolloutSteps() {}

  static Active began(Active active, ServiceEvent.RolloutBegan event) {
    // What nothing has needed since is forgotten, and nobody can go back to it.
    Optional<Long> known = event.from().filter(from -> active.specs().containsKey(from));
    return Edit.of(active).rollout(Optional.of(Rollout.began(event, known))).state();
  }

  static Active turnBegan(Active active, ServiceEvent.TurnBegan event) {
    return active
        .rollout()
        .map(
            rollout -> {
              Edit edit = Edit.of(active);
              if (event.stopFirst()) {
                edit.slot(active.slot(event.slot()).atVersion(rollout.version()));
              }
              return edit.rollout(Optional.of(rollout.with(turn(event)))).state();
            })
        .orElse(active);
  }

  private static Rollout.Turn turn(ServiceEvent.TurnBegan event) {
    return event.stopFirst()
        ? new Rollout.StopFirst(event.slot(), event.at())
        : new Rollout.Surge(event.slot(), new Rollout.Newcomer.Wanted(), event.at());
  }

  /** A surge's new instance takes the slot; the old one, if it still lives, is on its way out. */
  static Active turnEnded(Active active, ServiceEvent.TurnEnded event) {
    Edit edit =
        Edit.of(active)
            .rollout(active.rollout().map(current -> current.turnEnded(event.slot(), event.at())));
    active
        .rollout()
        .flatMap(Rollout::incoming)
        .ifPresent(
            incoming -> {
              Slot slot = active.slot(event.slot());
              slot.tenant().ifPresent(old -> edit.leaving(new Outgoing(old, false, event.at())));
              edit.slot(
                  slot.launched(incoming, event.at(), false).atVersion(version(active, incoming)));
            });
    return edit.state();
  }

  /** Newer than the instance's own when the specification changed without a need to restart it. */
  private static long version(Active active, Tenant incoming) {
    return active.rollout().map(Rollout::version).orElse(incoming.version());
  }

  static Active ended(Active active, ServiceEvent.RolloutEnded event) {
    Edit edit =
        Edit.of(active)
            .rollout(Optional.empty())
            .reversion(active.rollout().flatMap(rollout -> Reversions.after(rollout, event)));
    active
        .rollout()
        .flatMap(Rollout::incoming)
        .ifPresent(incoming -> edit.leaving(new Outgoing(incoming, false, event.at())));
    return edit.state();
  }
}
