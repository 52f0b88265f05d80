package io.holdfast.supervisor.journal;

import io.holdfast.core.GroupName;
import io.holdfast.core.InstanceId;
import io.holdfast.core.NodeId;
import io.holdfast.core.ServiceName;
import io.holdfast.core.catalog.Catalog;
import io.holdfast.core.catalog.CatalogEvent;
import io.holdfast.core.instance.Exit;
import io.holdfast.core.instance.ExitCause;
import io.holdfast.core.instance.ExitStatus;
import io.holdfast.core.spec.GroupSpec;
import io.holdfast.core.spec.PortSpec;
import io.holdfast.core.spec.ProcessSpec;
import io.holdfast.core.spec.ServiceSpec;
import io.holdfast.core.spec.Strategy;
import io.holdfast.core.supervision.Child;
import io.holdfast.core.supervision.EpochBlock;
import io.holdfast.core.supervision.Escalation;
import io.holdfast.core.supervision.GroupEvent;
import io.holdfast.core.supervision.LaunchCause;
import io.holdfast.core.supervision.Relocation;
import io.holdfast.core.supervision.ServiceEvent;
import io.holdfast.core.supervision.Tenant;
import io.holdfast.core.supervision.Verdict;
import io.holdfast.protocol.spec.SpecReader;
import io.holdfast.supervisor.node.NodeCondition;
import io.holdfast.supervisor.node.NodeEvent;
import io.holdfast.supervisor.node.NodeProfile;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** One event of every kind, under its name in the journal. */
public final class SampleEvents {

  private static final Instant AT = Instant.parse("2026-11-01T00:00:00Z");
  private static final NodeId NODE = new NodeId("node-a");
  private static final InstanceId WEB = new InstanceId(new ServiceName("web"), 2, 17);
  private static final GroupName SHOP = new GroupName("shop");
  private static final Child DB = new Child.OfService(new ServiceName("db"));
  private static final Child MALL = new Child.OfGroup(new GroupName("mall"));
  private static final GroupSpec GROUP =
      new GroupSpec(SHOP, Strategy.REST_FOR_ONE, 3, Duration.ofMinutes(1), List.of("db", "mall"));
  private static final ServiceSpec SPEC =
      ServiceSpec.of(
          "web",
          new ProcessSpec(
              List.of("bin/web", "--port", "${PORT}"),
              Optional.of("/srv/web"),
              Map.of("LOG_LEVEL", "info"),
              Optional.empty(),
              List.of(PortSpec.auto("http"), PortSpec.fixed("admin", 9100))));

  private SampleEvents() {}

  public static Map<String, Object> byName() {
    Map<String, Object> samples = new LinkedHashMap<>();
    catalog(samples);
    node(samples);
    slots(samples);
    instances(samples);
    rollouts(samples);
    groups(samples);
    return samples;
  }

  private static void catalog(Map<String, Object> samples) {
    samples.put(
        "catalog.changes-applied/2",
        new CatalogEvent.ChangesApplied(
            List.of(new Catalog.Entry(3, SPEC)), List.of(new Catalog.GroupEntry(2, GROUP)), AT));
    samples.put("catalog.group-removed/1", new CatalogEvent.GroupRemoved(SHOP, 3, AT));
    samples.put(
        "catalog.service-removed/1",
        new CatalogEvent.ServiceRemoved(new ServiceName("web"), 4, AT));
    samples.put(
        "catalog.went-back/1",
        new CatalogEvent.WentBack(
            new Catalog.Entry(4, SPEC), 3, "the new instance of slot 0 exited with code 1", AT));
    samples.put("catalog.restored/1", new CatalogEvent.Restored(1_060, 1_600_000, AT));
    samples.put("catalog.node-registered/1", new CatalogEvent.NodeRegistered(NODE, AT));
  }

  private static void node(Map<String, Object> samples) {
    samples.put(
        "node.joined/3", new NodeEvent.Joined(NODE, profile(true, Map.of("kill", "cgroup")), AT));
    samples.put(
        "node.condition-changed/1",
        new NodeEvent.ConditionChanged(NODE, NodeCondition.SUSPECT, "its link broke", AT));
    samples.put("node.drain-ordered/1", new NodeEvent.DrainOrdered(NODE, AT));
    samples.put("node.drained/1", new NodeEvent.Drained(NODE, AT));
    samples.put("node.undrained/1", new NodeEvent.Undrained(NODE, AT));
    samples.put("node.doubted/1", new NodeEvent.Doubted(NODE, "its heartbeats stopped", AT));
    samples.put("node.trusted/1", new NodeEvent.Trusted(NODE, "its services answer", AT));
    samples.put("node.alarm-raised/1", new NodeEvent.AlarmRaised(NODE, "start its agent", AT));
  }

  private static NodeProfile profile(boolean takesBudgets, Map<String, String> attributes) {
    return profile(takesBudgets, attributes, Optional.empty());
  }

  private static NodeProfile profile(
      boolean takesBudgets, Map<String, String> attributes, Optional<String> identity) {
    return new NodeProfile(
        "10.0.0.1",
        "a",
        Map.of("disk", "ssd"),
        8,
        1L << 34,
        "boot",
        "0.1.0",
        takesBudgets,
        attributes,
        identity);
  }

  private static void slots(Map<String, Object> samples) {
    samples.put("service.spec-accepted/1", new ServiceEvent.SpecAccepted(3, SPEC, AT));
    samples.put("service.removal-began/1", new ServiceEvent.RemovalBegan(4, AT));
    samples.put("service.standby-promoted/1", new ServiceEvent.StandbyPromoted(0, 1, AT));
    samples.put(
        "service.batch/1",
        new Batch(
            List.of(
                new ServiceEvent.SlotWoken(3, AT),
                new ServiceEvent.InstanceReadied(WEB, AT),
                new ServiceEvent.RemovalBegan(4, AT))));
    samples.put("service.slot-woken/1", new ServiceEvent.SlotWoken(3, AT));
    samples.put(
        "service.slots-revived/1",
        new ServiceEvent.SlotsRevived(new TreeSet<>(List.of(0, 2)), "an operator asked", AT));
    samples.put(
        "service.slots-held/1",
        new ServiceEvent.SlotsHeld(
            new TreeSet<>(List.of(1)), AT.plusSeconds(300), "hold.retry: spent", AT));
    samples.put("service.group-joined/1", new ServiceEvent.GroupJoined(SHOP, true, AT));
    samples.put("service.group-left/1", new ServiceEvent.GroupLeft(AT));
    samples.put("service.halted/1", new ServiceEvent.Halted(SHOP, 4, "db failed", AT));
    samples.put("service.begun/1", new ServiceEvent.Begun(SHOP, 4, AT));
    samples.put(
        "service.dependency-renewed/1",
        new ServiceEvent.DependencyRenewed(new ServiceName("db"), 5, false, AT));
    samples.put(
        "service.budget-delegated/1",
        new ServiceEvent.BudgetDelegated(
            NODE,
            18,
            5,
            new TreeMap<>(Map.of(2, new EpochBlock(18, 22))),
            AT.plusSeconds(86_400),
            AT));
    samples.put(
        "service.budget-withdrawn/1",
        new ServiceEvent.BudgetWithdrawn(NODE, "a dependency is down", AT));
  }

  /** Events in which something stands that {@link #byName} does not show, by their files. */
  static Map<String, Object> additions() {
    ServiceSpec thresholds =
        SpecReader.readOne(
            """
            name: web
            command: [bin/web]
            ports: {http: auto}
            health: {thresholds: {errorRate: 0.2, p99: 800ms, window: 1m, minRequests: 20, then: restart}}
            """);
    NodeProfile identified = profile(true, Map.of("kill", "cgroup"), Optional.of("b0a7-1"));
    return Map.of(
        "service.spec-accepted/1.thresholds", new ServiceEvent.SpecAccepted(3, thresholds, AT),
        "node.joined/3.identity", new NodeEvent.Joined(NODE, identified, AT));
  }

  private static void groups(Map<String, Object> samples) {
    Escalation escalation = new Escalation("web/2#17", "exited with code 1");
    samples.put(
        "group.spec-accepted/1", new GroupEvent.SpecAccepted(2, GROUP, List.of(DB, MALL), AT));
    samples.put("group.removed/1", new GroupEvent.Removed(3, AT));
    samples.put("group.group-joined/1", new GroupEvent.GroupJoined(SHOP, AT));
    samples.put("group.group-left/1", new GroupEvent.GroupLeft(AT));
    samples.put(
        "group.child-failed/1", new GroupEvent.ChildFailed(DB, escalation, "restart 1 of 3", AT));
    samples.put("group.escalated/1", new GroupEvent.Escalated(DB, escalation, "spent", AT));
    samples.put("group.child-given-up/1", new GroupEvent.ChildGivenUp(DB, escalation, "spent", AT));
    samples.put("group.escalation-expired/1", new GroupEvent.EscalationExpired(AT));
    samples.put(
        "group.cascade-began/1",
        new GroupEvent.CascadeBegan(4, "db failed", List.of(MALL, DB), List.of(DB, MALL), AT));
    samples.put("group.cascade-stepped/1", new GroupEvent.CascadeStepped(4, DB, AT));
    samples.put("group.cascade-step-skipped/1", new GroupEvent.CascadeStepSkipped(4, MALL, AT));
    samples.put("group.cascade-ended/1", new GroupEvent.CascadeEnded(4, AT));
    samples.put("group.halted/1", new GroupEvent.Halted(SHOP, 4, "mall restarts", AT));
    samples.put("group.begun/1", new GroupEvent.Begun(SHOP, 4, AT));
  }

  /** What earlier releases wrote, as this one reads it. */
  static Map<String, Object> former() {
    Map<String, Object> samples = new LinkedHashMap<>();
    samples.put(
        "catalog.changes-applied/1",
        new CatalogEvent.ChangesApplied(List.of(new Catalog.Entry(3, SPEC)), List.of(), AT));
    samples.put("node.joined/1", new NodeEvent.Joined(NODE, profile(false, Map.of()), AT));
    samples.put("node.joined/2", new NodeEvent.Joined(NODE, profile(true, Map.of()), AT));
    samples.put("service.instance-unreadied/1", new ServiceEvent.InstanceUnreadied(WEB, "", AT));
    samples.put("service.instance-exited/1", exited(""));
    return samples;
  }

  private static void instances(Map<String, Object> samples) {
    samples.put(
        "service.instance-launched/1",
        new ServiceEvent.InstanceLaunched(WEB, NODE, 3, LaunchCause.FAILURE, AT));
    samples.put(
        "service.incoming-launched/1",
        new ServiceEvent.IncomingLaunched(WEB, NODE, 3, Optional.empty(), AT));
    samples.put(
        "service.epochs-lifted/1",
        new ServiceEvent.EpochsLifted(1_600_000, AT.minusSeconds(1), AT));
    samples.put("service.instance-adopted/1", new ServiceEvent.InstanceAdopted(WEB, NODE, 3, AT));
    samples.put("service.stranger-found/1", new ServiceEvent.StrangerFound(WEB, NODE, 3, AT));
    samples.put(
        "service.instance-started/1",
        new ServiceEvent.InstanceStarted(
            WEB, new Tenant.Running(4711, "10.0.0.1", "a", Map.of("http", 20001), AT), AT));
    samples.put("service.instance-readied/1", new ServiceEvent.InstanceReadied(WEB, AT));
    samples.put(
        "service.instance-unreadied/2",
        new ServiceEvent.InstanceUnreadied(WEB, "answered 503", AT));
    samples.put("service.instance-exited/2", exited("restart.backoff: wait 1 of 5"));
    samples.put(
        "service.instance-isolated/1",
        new ServiceEvent.InstanceIsolated(
            WEB, 2, AT.plusSeconds(20), "43 of 120 requests failed", AT));
    samples.put("service.isolation-ended/1", new ServiceEvent.IsolationEnded(WEB, AT));
    samples.put(
        "service.instance-condemned/1",
        new ServiceEvent.InstanceCondemned(WEB, "43 of 120 requests failed", AT));
    samples.put(
        "service.common-cause-found/1",
        new ServiceEvent.CommonCauseFound(3, 4, WEB, "43 of 120 requests failed", AT));
    samples.put("service.common-cause-lapsed/1", new ServiceEvent.CommonCauseLapsed(AT));
    samples.put("service.drain-began/1", new ServiceEvent.DrainBegan(WEB, "a rollout", AT));
    samples.put("service.stop-began/1", new ServiceEvent.StopBegan(WEB, AT));
  }

  private static ServiceEvent exited(String clause) {
    return new ServiceEvent.InstanceExited(
        WEB,
        NODE,
        new Exit(new ExitStatus.Signal("KILL", true), ExitCause.SELF, AT, "", List.of("a", "b")),
        new Verdict.BackOff(AT.plusMillis(100)),
        clause,
        AT);
  }

  private static void rollouts(Map<String, Object> samples) {
    samples.put(
        "service.reversion-refused/1",
        new ServiceEvent.ReversionRefused(3, "there is no service 'db'", AT));
    samples.put(
        "service.relocation-began/1",
        new ServiceEvent.RelocationBegan(1, Relocation.Purpose.DRAIN, NODE, AT));
    samples.put(
        "service.relocation-ended/1",
        new ServiceEvent.RelocationEnded(1, Optional.of("it died"), AT.plusSeconds(30), AT));
    samples.put(
        "service.rollout-began/1",
        new ServiceEvent.RolloutBegan(
            3, new TreeSet<>(List.of(0, 1)), "version 3", Optional.empty(), AT));
    samples.put("service.turn-began/1", new ServiceEvent.TurnBegan(1, true, AT));
    samples.put("service.turn-ended/1", new ServiceEvent.TurnEnded(1, AT));
    samples.put(
        "service.rollout-ended/1",
        new ServiceEvent.RolloutEnded(Optional.of("too slow"), Optional.empty(), AT));
  }
}
