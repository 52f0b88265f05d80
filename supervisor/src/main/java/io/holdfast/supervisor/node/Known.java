package io.holdfast.supervisor.node;

import io.holdfast.core.InstanceId;
import io.holdfast.core.ServiceName;
import io.holdfast.core.instance.Phase;
import io.holdfast.core.instance.Report;
import io.holdfast.protocol.agent.SupervisorMessage;
import io.holdfast.protocol.wire.AgentWire;
import io.holdfast.protocol.wire.InstanceDigest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The instances that an agent has spoken of and was not told to forget. */
final class Known {

  private final Map<InstanceId, Report> reports = new HashMap<>();
  private long digest;

  void note(Report report) {
    forget(report.instance());
    reports.put(report.instance(), report);
    digest += InstanceDigest.of(report.instance(), phase(report));
  }

  static Phase phase(Report report) {
    return switch (report) {
      case Report.Alive alive -> alive.phase();
      case Report.Dead _ -> Phase.EXITED;
    };
  }

  /** What the agent no longer holds once it has read {@code message}. */
  void forget(SupervisorMessage message) {
    if (message.hasForget()) {
      forget(AgentWire.id(message.getForget().getInstance()));
    }
  }

  private void forget(InstanceId instance) {
    Report before = reports.remove(instance);
    if (before != null) {
      digest -= InstanceDigest.of(instance, phase(before));
    }
  }

  void clear() {
    reports.clear();
    digest = 0;
  }

  /** What was said of it last. */
  Optional<Report> find(InstanceId instance) {
    return Optional.ofNullable(reports.get(instance));
  }

  /** Of one service, all but these: it may not have heard of them, or not that they are dead. */
  List<Report> others(ServiceName service, Set<InstanceId> but) {
    return reports.values().stream()
        .filter(report -> report.instance().service().equals(service))
        .filter(report -> !but.contains(report.instance()))
        .toList();
  }

  /** In their order. */
  List<InstanceId> alive() {
    return reports.values().stream()
        .filter(report -> phase(report) != Phase.EXITED)
        .map(Report::instance)
        .sorted()
        .toList();
  }

  /** What keeps those from being ready that are not, as far as a probe has said. */
  Map<InstanceId, String> probes() {
    Map<InstanceId, String> probes = new HashMap<>();
    for (Report report : reports.values()) {
      if (report instanceof Report.Alive alive && !alive.probe().isBlank()) {
        probes.put(alive.instance(), alive.probe());
      }
    }
    return probes;
  }

  long digest() {
    return digest;
  }
}
