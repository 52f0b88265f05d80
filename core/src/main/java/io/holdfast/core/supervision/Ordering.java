package io.holdfast.core.supervision;

import io.holdfast.core.InstanceId;
import io.holdfast.core.supervision.ServiceState.Active;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/**
 * Slots that need each other stop in the reverse order and start in order, one after the other.
 *
 * <p>It follows from the state alone, so there is nothing to remember on the way.
 */
final class Ordering {

  private Ordering() {}

  /** True when it is this instance's turn to be told to end: no later slot is still leaving. */
  static boolean mayStop(Draft draft, InstanceId instance) {
    return draft
        .active()
        .map(
            active ->
                Optional.ofNullable(active.outgoing().get(instance))
                    .map(out -> isNext(active, out))
                    .orElse(true))
        .orElse(true);
  }

  static boolean isNext(Active active, Outgoing out) {
    int slot = out.tenant().id().slot();
    return !active.isOrdered()
        || active.outgoing().keySet().stream().noneMatch(id -> id.slot() > slot);
  }

  /** The turn of the next one to stop has come: wait for its drain, which may be long over. */
  static void next(Draft draft) {
    draft
        .active()
        .filter(Active::isOrdered)
        .map(Active::outgoing)
        .flatMap(Ordering::last)
        .filter(out -> !out.stopping())
        .ifPresent(out -> draft.then(new ServiceEffect.Drain(out.tenant().id())));
  }

  /** True when a vacant slot may be filled: none is leaving, and all before it have come up. */
  static boolean mayStart(Active active, Slot slot) {
    return !active.isOrdered()
        || (active.outgoing().isEmpty()
            && active.slots().headMap(slot.index()).values().stream().allMatch(Slot::hasComeUp));
  }

  private static Optional<Outgoing> last(Map<InstanceId, Outgoing> outgoing) {
    return outgoing.values().stream().max(Comparator.comparingInt(out -> out.tenant().id().slot()));
  }
}
