package io.holdfast.core.supervision;

import io.holdfast.core.instance.Exit;
import io.holdfast.core.supervision.ServiceState.Active;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/**
 * How a child stands, as its group needs to know.
 *
 * @param order of the group that the child has obeyed last
 */
public record ChildReport(
    long order, Stage stage, Condition condition, Optional<Escalation> escalation) {

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

  /** How well it does, the best first. */
  public enum Condition {
    /** As many are ready as are desired, or it has done what it had to. */
    WELL,
    /** Fewer are ready than are desired. */
    DEGRADED,
    /** Something of it is held. */
    HELD
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
        condition(Standing.of(active, dependenciesMet)),
        active.slots().values().stream()
            .filter(slot -> slot.occupancy() instanceof Occupancy.Escalated)
            .flatMap(slot -> escalation(slot).stream())
            .findFirst());
  }

  /**
   * Of a group.
   *
   * @param reports of its children, as far as they have come in
   */
  public static ChildReport of(GroupState.Active group, Map<Child, ChildReport> reports) {
    return new ChildReport(
        group.membership().lastOrder(),
        stage(group),
        condition(group, reports),
        group.escalation());
  }

  private static Stage stage(GroupState.Active group) {
    boolean cascading = group.cascade().isPresent();
    return group.membership().isHalted()
        ? (cascading ? Stage.GOING_DOWN : Stage.DOWN)
        : (cascading ? Stage.COMING_UP : Stage.SETTLED);
  }

  /** That of the child which is worst off; one that has not been heard of is not well. */
  private static Condition condition(GroupState.Active group, Map<Child, ChildReport> reports) {
    return group.children().stream()
        .map(child -> Optional.ofNullable(reports.get(child)))
        .map(report -> report.map(ChildReport::condition).orElse(Condition.DEGRADED))
        .max(Comparator.naturalOrder())
        .orElse(Condition.WELL);
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

  private static Condition condition(Standing standing) {
    return switch (standing.state()) {
      case STOPPED, COMPLETED, READY -> Condition.WELL;
      case HELD -> Condition.HELD;
      case WAITING, ROLLING, DEGRADED ->
          standing.ready() < standing.desired() ? Condition.DEGRADED : Condition.WELL;
    };
  }

  private static Optional<Escalation> escalation(Slot slot) {
    return slot.lastLaunch()
        .map(
            last ->
                new Escalation(
                    last.id().toString(), slot.lastExit().map(Exit::reason).orElse("failed")));
  }
}
