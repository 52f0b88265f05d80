package io.holdfast.supervisor.journal;

import io.holdfast.core.catalog.CatalogEvent;
import io.holdfast.core.supervision.ServiceEvent;
import io.holdfast.supervisor.node.NodeEvent;
import java.util.Map;
import java.util.Optional;
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
          Map.entry("catalog.changes-applied/1", CatalogEvent.ChangesApplied.class),
          Map.entry("catalog.service-removed/1", CatalogEvent.ServiceRemoved.class),
          Map.entry("catalog.node-registered/1", CatalogEvent.NodeRegistered.class),
          Map.entry("node.joined/1", NodeEvent.Joined.class),
          Map.entry("node.condition-changed/1", NodeEvent.ConditionChanged.class),
          Map.entry("service.spec-accepted/1", ServiceEvent.SpecAccepted.class),
          Map.entry("service.removal-began/1", ServiceEvent.RemovalBegan.class),
          Map.entry("service.instance-launched/1", ServiceEvent.InstanceLaunched.class),
          Map.entry("service.incoming-launched/1", ServiceEvent.IncomingLaunched.class),
          Map.entry("service.instance-started/1", ServiceEvent.InstanceStarted.class),
          Map.entry("service.instance-readied/1", ServiceEvent.InstanceReadied.class),
          Map.entry("service.instance-unreadied/1", ServiceEvent.InstanceUnreadied.class),
          Map.entry("service.instance-exited/1", ServiceEvent.InstanceExited.class),
          Map.entry("service.standby-promoted/1", ServiceEvent.StandbyPromoted.class),
          Map.entry("service.slot-woken/1", ServiceEvent.SlotWoken.class),
          Map.entry("service.slots-revived/1", ServiceEvent.SlotsRevived.class),
          Map.entry("service.drain-began/1", ServiceEvent.DrainBegan.class),
          Map.entry("service.stop-began/1", ServiceEvent.StopBegan.class),
          Map.entry("service.rollout-began/1", ServiceEvent.RolloutBegan.class),
          Map.entry("service.turn-began/1", ServiceEvent.TurnBegan.class),
          Map.entry("service.turn-ended/1", ServiceEvent.TurnEnded.class),
          Map.entry("service.rollout-ended/1", ServiceEvent.RolloutEnded.class));

  private static final Map<Class<?>, String> BY_CLASS =
      BY_NAME.entrySet().stream().collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));

  private JournalEvents() {}

  static Optional<Class<?>> find(String name) {
    return Optional.ofNullable(BY_NAME.get(name)).map(Function.identity());
  }

  static String nameOf(Class<?> kind) {
    String name = BY_CLASS.get(kind);
    if (name == null) {
      throw new IllegalArgumentException(kind.getName() + " has no name in the journal");
    }
    return name;
  }

  static Map<String, Class<?>> all() {
    return BY_NAME;
  }
}
