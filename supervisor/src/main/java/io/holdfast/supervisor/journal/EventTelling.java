package io.holdfast.supervisor.journal;

import io.holdfast.core.InstanceId;
import io.holdfast.core.catalog.CatalogEvent;
import io.holdfast.core.instance.Exit;
import io.holdfast.core.instance.ExitCause;
import io.holdfast.core.instance.ExitStatus;
import io.holdfast.core.supervision.Child;
import io.holdfast.core.supervision.GroupEvent;
import io.holdfast.core.supervision.LaunchCause;
import io.holdfast.core.supervision.Relocation;
import io.holdfast.core.supervision.ServiceEvent;
import io.holdfast.supervisor.api.RecordedEvent;
import io.holdfast.supervisor.node.NodeEvent;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** How a recorded event is told to people and programs outside. */
final class EventTelling {

  private static final String THRESHOLDS = "thresholds";

  private final long id;
  private final Map<String, String> fields = new LinkedHashMap<>();
  private final Map<String, Object> evidence = new LinkedHashMap<>();

  private EventTelling(long id) {
    this.id = id;
  }

  /**
   * Tells one event.
   *
   * @param id its place in the order of all
   * @param entity the service or node whose record it stands in
   */
  static RecordedEvent tell(long id, String entity, Object event) {
    EventTelling telling = new EventTelling(id);
    return switch (event) {
      case ServiceEvent service -> telling.service(entity, service);
      case GroupEvent group -> telling.group(entity, group);
      case NodeEvent node -> telling.node(node);
      case CatalogEvent catalog -> telling.catalog(catalog);
      default -> throw new IllegalArgumentException("no telling of " + event.getClass());
    };
  }

  private RecordedEvent as(String type, Instant at) {
    return new RecordedEvent(id, at, type, fields, evidence);
  }

  private RecordedEvent service(String name, ServiceEvent event) {
    fields.put("service", name);
    Instant at = event.at();
    return switch (event) {
      case ServiceEvent.SpecAccepted(var version, _, _) ->
          seen("version", version).as("spec-accepted", at);
      case ServiceEvent.RemovalBegan(var version, _) ->
          seen("version", version).as("service-removed", at);
      case ServiceEvent.InstanceLaunched(var id, var node, var version, var cause, _) ->
          of(id)
              .field("node", node)
              .field("cause", word(cause))
              .seen("version", version)
              .as("instance-launched", at);
      case ServiceEvent.IncomingLaunched(var id, var node, var version, var purpose, _) ->
          of(id)
              .field("node", node)
              .field("cause", purpose.map(EventTelling::word).orElse("rollout"))
              .seen("version", version)
              .as("instance-launched", at);
      case ServiceEvent.EpochsLifted(var by, _, _) -> seen("by", by).as("epochs-lifted", at);
      case ServiceEvent.InstanceAdopted(var id, var node, var version, _) ->
          of(id)
              .field("node", node)
              .field("cause", "found alive, though not on record")
              .seen("version", version)
              .as("instance-adopted", at);
      case ServiceEvent.StrangerFound(var id, var node, _, _) ->
          of(id).field("node", node).field("cause", "not on record").as("stranger-found", at);
      case ServiceEvent.InstanceStarted(var id, var running, _) ->
          of(id)
              .seen("pid", running.pid())
              .seen("ports", running.ports())
              .as("instance-started", at);
      case ServiceEvent.InstanceReadied(var id, _) -> of(id).as("instance-ready", at);
      case ServiceEvent.InstanceUnreadied(var id, var probe, _) -> {
        if (!probe.isBlank()) {
          seen("probe", probe);
        }
        yield of(id).as("instance-unready", at);
      }
      case ServiceEvent.InstanceExited(var id, var node, var exit, var verdict, var clause, _) -> {
        if (!clause.isBlank()) {
          seen("because", clause);
        }
        yield of(id)
            .field("node", node)
            .field("cause", exit.reason())
            .exit(exit)
            .seen("rung", verdict.rung())
            .as("instance-exited", at);
      }
      case ServiceEvent.InstanceIsolated(var id, var times, var until, var evidence, _) ->
          of(id)
              .field("cause", THRESHOLDS)
              .seen("outcomes", evidence)
              .seen("times", times)
              .seen("until", until.toString())
              .as("instance-isolated", at);
      case ServiceEvent.IsolationEnded(var id, _) -> of(id).as("isolation-ended", at);
      case ServiceEvent.InstanceCondemned(var id, var evidence, _) ->
          of(id).field("cause", THRESHOLDS).seen("outcomes", evidence).as("instance-condemned", at);
      case ServiceEvent.CommonCauseFound(var bad, var judged, var worst, var evidence, _) ->
          of(worst)
              .field("cause", THRESHOLDS)
              .seen("outcomes", evidence)
              .seen("doBadly", bad)
              .seen("judged", judged)
              .as("common-cause-found", at);
      case ServiceEvent.CommonCauseLapsed _ -> as("common-cause-lapsed", at);
      case ServiceEvent.StandbyPromoted(var failed, var promoted, _) ->
          seen("failedSlot", failed).seen("promotedSlot", promoted).as("standby-promoted", at);
      case ServiceEvent.SlotWoken(var slot, _) -> seen("slot", slot).as("slot-woken", at);
      case ServiceEvent.SlotsRevived(var slots, var why, _) ->
          field("cause", why).seen("slots", slots).as("slots-revived", at);
      case ServiceEvent.DrainBegan(var id, var why, _) ->
          of(id).field("cause", why).as("instance-draining", at);
      case ServiceEvent.StopBegan(var id, _) -> of(id).as("instance-stopping", at);
      case ServiceEvent.RolloutBegan(var version, var slots, var why, _, _) ->
          field("cause", why).seen("version", version).seen("slots", slots).as("rollout-began", at);
      case ServiceEvent.TurnBegan(var slot, var stopFirst, _) ->
          seen("slot", slot).seen("stopFirst", stopFirst).as("rollout-turn-began", at);
      case ServiceEvent.TurnEnded(var slot, _) -> seen("slot", slot).as("rollout-turn-ended", at);
      case ServiceEvent.RolloutEnded(var failure, var back, _) -> {
        failure.ifPresent(why -> field("cause", why));
        back.ifPresent(version -> seen("backToVersion", version));
        yield as(failure.isPresent() ? "rollout-failed" : "rollout-ended", at);
      }
      case ServiceEvent.ReversionRefused(var failed, var why, _) ->
          field("cause", why).seen("version", failed).as("revert-refused", at);
      case ServiceEvent.RelocationBegan(var slot, var purpose, var away, _) ->
          field("node", away)
              .field("cause", word(purpose))
              .seen("slot", slot)
              .as("relocation-began", at);
      case ServiceEvent.RelocationEnded(var slot, var failure, _, _) -> {
        failure.ifPresent(why -> field("cause", why));
        seen("slot", slot);
        yield as(failure.isPresent() ? "relocation-failed" : "relocation-ended", at);
      }
      case ServiceEvent.SlotsHeld(var slots, var until, var clause, _) ->
          field("cause", clause)
              .seen("slots", slots)
              .seen("until", until.toString())
              .as("slots-held", at);
      case ServiceEvent.GroupJoined(var group, _, _) ->
          seen("group", group.value()).as("group-joined", at);
      case ServiceEvent.GroupLeft _ -> as("group-left", at);
      case ServiceEvent.Halted(var group, var order, var why, _) ->
          field("cause", why)
              .seen("group", group.value())
              .seen("order", order)
              .as("service-halted", at);
      case ServiceEvent.Begun(var group, var order, _) ->
          seen("group", group.value()).seen("order", order).as("service-begun", at);
      case ServiceEvent.DependencyRenewed(var dependency, var renewals, _, _) ->
          seen("dependency", dependency.value())
              .seen("renewals", renewals)
              .as("dependency-renewed", at);
      case ServiceEvent.BudgetDelegated(var node, _, var limit, var blocks, var until, _) ->
          field("node", node)
              .seen("limit", limit)
              .seen("slots", blocks.keySet())
              .seen("until", until.toString())
              .as("budget-delegated", at);
      case ServiceEvent.BudgetWithdrawn(var node, var why, _) ->
          field("node", node).field("cause", why).as("budget-withdrawn", at);
    };
  }

  private RecordedEvent group(String name, GroupEvent event) {
    fields.put("group", name);
    Instant at = event.at();
    return switch (event) {
      case GroupEvent.SpecAccepted(var version, _, _, _) ->
          seen("version", version).as("group-accepted", at);
      case GroupEvent.Removed(var version, _) -> seen("version", version).as("group-removed", at);
      case GroupEvent.GroupJoined(var parent, _) ->
          seen("parent", parent.value()).as("group-joined", at);
      case GroupEvent.GroupLeft _ -> as("group-left", at);
      case GroupEvent.ChildFailed(var child, var escalation, var clause, _) ->
          child(child)
              .field("cause", escalation.reason())
              .seen("because", clause)
              .as("group-child-failed", at);
      case GroupEvent.Escalated(var child, var escalation, var clause, _) ->
          child(child)
              .field("cause", escalation.reason())
              .seen("because", clause)
              .as("group-escalated", at);
      case GroupEvent.ChildGivenUp(var child, var escalation, var clause, _) ->
          child(child)
              .field("cause", escalation.reason())
              .seen("because", clause)
              .as("group-child-given-up", at);
      case GroupEvent.EscalationExpired _ -> as("group-escalation-expired", at);
      case GroupEvent.CascadeBegan(var order, var why, var toHalt, var toBegin, _) ->
          field("cause", why)
              .seen("order", order)
              .seen("halt", toHalt.stream().map(Child::title).toList())
              .seen("begin", toBegin.stream().map(Child::title).toList())
              .as("group-cascade-began", at);
      case GroupEvent.CascadeStepped(var order, var child, _) ->
          child(child).seen("order", order).as("group-cascade-stepped", at);
      case GroupEvent.CascadeStepSkipped(var order, var child, _) ->
          child(child).seen("order", order).as("group-cascade-step-skipped", at);
      case GroupEvent.CascadeEnded(var order, _) ->
          seen("order", order).as("group-cascade-ended", at);
      case GroupEvent.Halted(var parent, var order, var why, _) ->
          field("cause", why)
              .seen("parent", parent.value())
              .seen("order", order)
              .as("group-halted", at);
      case GroupEvent.Begun(var parent, var order, _) ->
          seen("parent", parent.value()).seen("order", order).as("group-begun", at);
    };
  }

  /** A service is named where people look for services; a group among what was observed. */
  private EventTelling child(Child child) {
    return switch (child) {
      case Child.OfService(var name) -> field("service", name);
      case Child.OfGroup(var name) -> seen("child", name.value());
    };
  }

  private RecordedEvent node(NodeEvent event) {
    return switch (event) {
      case NodeEvent.Joined(var node, var profile, var at) ->
          field("node", node).seen("address", profile.address()).as("node-joined", at);
      case NodeEvent.ConditionChanged(var node, var condition, var why, var at) ->
          field("node", node).field("cause", why).as("node-" + condition.word(), at);
      case NodeEvent.DrainOrdered(var node, var at) -> field("node", node).as("node-draining", at);
      case NodeEvent.Drained(var node, var at) -> field("node", node).as("node-drained", at);
      case NodeEvent.Undrained(var node, var at) -> field("node", node).as("node-undrained", at);
      case NodeEvent.Doubted(var node, var why, var at) ->
          field("node", node).field("cause", why).as("node-doubted", at);
      case NodeEvent.Trusted(var node, var why, var at) ->
          field("node", node).field("cause", why).as("node-trusted", at);
      case NodeEvent.AlarmRaised(var node, var why, var at) ->
          field("node", node).field("cause", why).as("node-alarm", at);
    };
  }

  private RecordedEvent catalog(CatalogEvent event) {
    return switch (event) {
      case CatalogEvent.ChangesApplied(var entries, var groups, var at) -> {
        seen("services", entries.stream().map(entry -> entry.spec().title()).toList());
        if (!groups.isEmpty()) {
          seen("groups", groups.stream().map(entry -> entry.spec().title()).toList());
        }
        yield as("change-applied", at);
      }
      case CatalogEvent.GroupRemoved(var group, _, var at) ->
          seen("group", group.value()).as("group-deletion-applied", at);
      case CatalogEvent.ServiceRemoved(var service, _, var at) ->
          field("service", service).as("deletion-applied", at);
      case CatalogEvent.WentBack(var entry, var from, var why, var at) ->
          field("service", entry.spec().name())
              .field("cause", why)
              .seen("version", entry.version())
              .seen("fromVersion", from)
              .as("went-back", at);
      case CatalogEvent.NodeRegistered(var node, var at) ->
          field("node", node).as("node-registered", at);
      case CatalogEvent.Restored(var versions, var epochs, var at) ->
          seen("versionsLiftedBy", versions)
              .seen("epochsLiftedBy", epochs)
              .as("journal-restored", at);
    };
  }

  private EventTelling of(InstanceId instance) {
    return field("instance", instance);
  }

  private EventTelling field(String name, Object value) {
    fields.put(name, value.toString());
    return this;
  }

  private EventTelling seen(String name, Object value) {
    evidence.put(name, value);
    return this;
  }

  private EventTelling exit(Exit exit) {
    switch (exit.status()) {
      case ExitStatus.Code(var code) -> seen("code", code);
      case ExitStatus.Signal(var name, var oom) -> seen("signal", name).seen("oom", oom);
      case ExitStatus.NotStarted(var why) -> seen("error", why);
      case ExitStatus.Unknown() -> seen("error", "nobody saw how it ended");
    }
    seen("at", exit.at().toString());
    if (!exit.log().isEmpty()) {
      seen("log", exit.log());
    }
    if (!exit.probe().isBlank()) {
      seen(exit.cause() == ExitCause.THRESHOLDS ? "outcomes" : "probe", exit.probe());
    }
    return this;
  }

  private static String word(Relocation.Purpose purpose) {
    return purpose.name().toLowerCase(Locale.ROOT);
  }

  private static String word(LaunchCause cause) {
    return cause.name().toLowerCase(Locale.ROOT);
  }
}
