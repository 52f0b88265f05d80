package io.holdfast.core.supervision;

import io.holdfast.core.supervision.ServiceState.Active;
import java.util.Optional;

/** How a relocation's recorded steps change a service. */
final class RelocationSteps {

  private RelocationSteps() {}

  static Active began(Active active, ServiceEvent.RelocationBegan event) {
    Rollout.Surge turn = new Rollout.Surge(event.slot(), new Rollout.Newcomer.Wanted(), event.at());
    return Edit.of(active)
        .relocation(Optional.of(new Relocation.UnderWay(event.purpose(), turn)))
        .state();
  }

  /** As in a rollout the new instance takes the slot, unless the relocation has failed. */
  static Active ended(Active active, ServiceEvent.RelocationEnded event) {
    Optional<Relocation> before = active.relocation();
    Edit edit =
        Edit.of(active)
            .relocation(
                before
                    .filter(_ -> event.rest().isAfter(event.at()))
                    .map(relocation -> new Relocation.Resting(relocation.purpose(), event.rest())));
    before
        .flatMap(Relocation::incoming)
        .ifPresent(incoming -> settle(edit, active.slot(event.slot()), incoming, event));
    return edit.state();
  }

  private static void settle(
      Edit edit, Slot slot, Tenant incoming, ServiceEvent.RelocationEnded event) {
    if (event.failure().isPresent()) {
      edit.leaving(new Outgoing(incoming, false, event.at()));
    } else {
      slot.tenant().ifPresent(old -> edit.leaving(new Outgoing(old, false, event.at())));
      edit.slot(slot.launched(incoming, event.at(), false).atVersion(slot.version()));
    }
  }
}
