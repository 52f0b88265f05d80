package io.holdfast.supervisor.journal;

import io.holdfast.core.catalog.CatalogEvent;
import io.holdfast.core.supervision.GroupEvent;
import io.holdfast.core.supervision.ServiceEvent;
import io.holdfast.supervisor.node.NodeEvent;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The name under which each kind of event is recorded.
 *
 * <p>A name is for ever: classes may move and be renamed, the names here may not. A kind whose
 * content changes in a way that old content cannot be read as gets a new name with the next number,
 * and the old one stays readable.
 */
final class JournalEvents {

  private static final Map<String, Class<?>> BY_NAME =
      Map.ofEntries(
          Map.entry("catalog.changes-applied/2", CatalogEvent.ChangesApplied.class),
          Map.entry("catalog.group-removed/1", CatalogEvent.GroupRemoved.class),
          Map.entry("catalog.service-removed/1", CatalogEvent.ServiceRemoved.class),
          Map.entry("catalog.node-registered/1", CatalogEvent.NodeRegistered.class),
          Map.entry("catalog.restored/1", CatalogEvent.Restored.class),
          Map.entry("catalog.went-back/1", CatalogEvent.WentBack.class),
          Map.entry("node.joined/3", NodeEvent.Joined.class),
          Map.entry("node.condition-changed/1", NodeEvent.ConditionChanged.class),
          Map.entry("node.drain-ordered/1", NodeEvent.DrainOrdered.class),
          Map.entry("node.drained/1", NodeEvent.Drained.class),
          Map.entry("node.undrained/1", NodeEvent.Undrained.class),
          Map.entry("node.doubted/1", NodeEvent.Doubted.class),
          Map.entry("node.trusted/1", NodeEvent.Trusted.class),
          Map.entry("node.alarm-raised/1", NodeEvent.AlarmRaised.class),
          Map.entry("service.batch/1", Batch.class),
          Map.entry("service.spec-accepted/1", ServiceEvent.SpecAccepted.class),
          Map.entry("service.removal-began/1", ServiceEvent.RemovalBegan.class),
          Map.entry("service.instance-launched/1", ServiceEvent.InstanceLaunched.class),
          Map.entry("service.incoming-launched/1", ServiceEvent.IncomingLaunched.class),
          Map.entry("service.epochs-lifted/1", ServiceEvent.EpochsLifted.class),
          Map.entry("service.instance-adopted/1", ServiceEvent.InstanceAdopted.class),
          Map.entry("service.stranger-found/1", ServiceEvent.StrangerFound.class),
          Map.entry("service.instance-started/1", ServiceEvent.InstanceStarted.class),
          Map.entry("service.instance-readied/1", ServiceEvent.InstanceReadied.class),
          Map.entry("service.instance-unreadied/2", ServiceEvent.InstanceUnreadied.class),
          Map.entry("service.instance-exited/2", ServiceEvent.InstanceExited.class),
          Map.entry("service.instance-isolated/1", ServiceEvent.InstanceIsolated.class),
          Map.entry("service.isolation-ended/1", ServiceEvent.IsolationEnded.class),
          Map.entry("service.instance-condemned/1", ServiceEvent.InstanceCondemned.class),
          Map.entry("service.common-cause-found/1", ServiceEvent.CommonCauseFound.class),
          Map.entry("service.common-cause-lapsed/1", ServiceEvent.CommonCauseLapsed.class),
          Map.entry("service.standby-promoted/1", ServiceEvent.StandbyPromoted.class),
          Map.entry("service.slot-woken/1", ServiceEvent.SlotWoken.class),
          Map.entry("service.slots-revived/1", ServiceEvent.SlotsRevived.class),
          Map.entry("service.drain-began/1", ServiceEvent.DrainBegan.class),
          Map.entry("service.stop-began/1", ServiceEvent.StopBegan.class),
          Map.entry("service.rollout-began/1", ServiceEvent.RolloutBegan.class),
          Map.entry("service.turn-began/1", ServiceEvent.TurnBegan.class),
          Map.entry("service.turn-ended/1", ServiceEvent.TurnEnded.class),
          Map.entry("service.rollout-ended/1", ServiceEvent.RolloutEnded.class),
          Map.entry("service.reversion-refused/1", ServiceEvent.ReversionRefused.class),
          Map.entry("service.relocation-began/1", ServiceEvent.RelocationBegan.class),
          Map.entry("service.relocation-ended/1", ServiceEvent.RelocationEnded.class),
          Map.entry("service.slots-held/1", ServiceEvent.SlotsHeld.class),
          Map.entry("service.group-joined/1", ServiceEvent.GroupJoined.class),
          Map.entry("service.group-left/1", ServiceEvent.GroupLeft.class),
          Map.entry("service.halted/1", ServiceEvent.Halted.class),
          Map.entry("service.begun/1", ServiceEvent.Begun.class),
          Map.entry("service.dependency-renewed/1", ServiceEvent.DependencyRenewed.class),
          Map.entry("service.budget-delegated/1", ServiceEvent.BudgetDelegated.class),
          Map.entry("service.budget-withdrawn/1", ServiceEvent.BudgetWithdrawn.class),
          Map.entry("group.spec-accepted/1", GroupEvent.SpecAccepted.class),
          Map.entry("group.removed/1", GroupEvent.Removed.class),
          Map.entry("group.group-joined/1", GroupEvent.GroupJoined.class),
          Map.entry("group.group-left/1", GroupEvent.GroupLeft.class),
          Map.entry("group.child-failed/1", GroupEvent.ChildFailed.class),
          Map.entry("group.escalated/1", GroupEvent.Escalated.class),
          Map.entry("group.child-given-up/1", GroupEvent.ChildGivenUp.class),
          Map.entry("group.escalation-expired/1", GroupEvent.EscalationExpired.class),
          Map.entry("group.cascade-began/1", GroupEvent.CascadeBegan.class),
          Map.entry("group.cascade-stepped/1", GroupEvent.CascadeStepped.class),
          Map.entry("group.cascade-step-skipped/1", GroupEvent.CascadeStepSkipped.class),
          Map.entry("group.cascade-ended/1", GroupEvent.CascadeEnded.class),
          Map.entry("group.halted/1", GroupEvent.Halted.class),
          Map.entry("group.begun/1", GroupEvent.Begun.class));

  /**
   * What earlier releases wrote: read as the present kind, with what they did not say left blank.
   */
  private static final Map<String, String> FORMER =
      Map.of(
          "catalog.changes-applied/1", "catalog.changes-applied/2",
          "node.joined/1", "node.joined/3",
          "node.joined/2", "node.joined/3",
          "service.instance-unreadied/1", "service.instance-unreadied/2",
          "service.instance-exited/1", "service.instance-exited/2");

  private static final Map<Class<?>, String> BY_CLASS =
      BY_NAME.entrySet().stream().collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));

  private JournalEvents() {}

  static Optional<Class<?>> find(String name) {
    return Optional.ofNullable(BY_NAME.get(FORMER.getOrDefault(name, name)))
        .map(Function.identity());
  }

  /** Fails for one of a newer release. */
  static Class<?> require(String name) {
    return find(name)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "the journal holds '"
                        + name
                        + "', which this release cannot read; a newer one wrote it"));
  }

  static String nameOf(Class<?> kind) {
    String name = BY_CLASS.get(kind);
    if (name == null) {
      throw new IllegalArgumentException(kind.getName() + " has no name in the journal");
    }
    return name;
  }

  static Set<String> former() {
    return FORMER.keySet();
  }

  static Map<String, Class<?>> all() {
    return BY_NAME;
  }
}
