package io.holdfast.core.supervision;

import io.holdfast.core.instance.Exit;
import io.holdfast.core.supervision.ServiceState.Active;
import java.util.Optional;

/**
 * How a child stands, as its group needs to know.
 *
 * @param order of the group that the child has obeyed last
 */
public record ChildReport(long order, Stage stage, Optional<Escalation> escalation) {

  public enum Stage {
    /** Halted, and nothing of it lives. */
    DOWN,
    /** Halted, and something of it still lives. */
    GOING_DOWN,
    /** It may run, and is not there yet. */
    COMING_UP,
    /**
     * There, or as far as it will come without others: completed, held, waiting for a dependency.
     */
    SETTLED
  }

  /**
   * Of a service.
   *
   * @param dependenciesMet false while a dependency keeps it from launching
   */
  public static ChildReport of(Active active, boolean dependenciesMet) {
    return new ChildReport(
        active.membership().lastOrder(),
        stage(active, dependenciesMet),
        active.slots().values().stream()
            .filter(slot -> slot.occupancy() instanceof Occupancy.Escalated)
            .flatMap(slot -> escalation(slot).stream())
            .findFirst());
  }

  private static Stage stage(Active active, boolean dependenciesMet) {
    if (active.membership().isHalted()) {
      return active.tenants().findAny().isPresent() ? Stage.GOING_DOWN : Stage.DOWN;
    }
    boolean settled =
        active.slots().values().stream()
            .filter(Slot::isActive)
            .allMatch(
                slot ->
                    slot.hasComeUp()
                        || slot.occupancy() instanceof Occupancy.Held
                        || (slot.isVacant() && !dependenciesMet));
    return settled ? Stage.SETTLED : Stage.COMING_UP;
  }

  private static Optional<Escalation> escalation(Slot slot) {
    return slot.lastLaunch()
        .map(
            last ->
                new Escalation(
                    last.id().toString(), slot.lastExit().map(Exit::reason).orElse("failed")));
  }
}
