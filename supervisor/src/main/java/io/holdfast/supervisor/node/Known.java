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
import java.util.stream.Stream;

/** The instances that an agent has spoken of and was not told to forget. */
final class Known {

  private final Map<ServiceName, Map<InstanceId, Report>> reports = new HashMap<>();
  private long digest;

  void note(Report report) {
    forget(report.instance());
    reports
        .computeIfAbsent(report.instance().service(), _ -> new HashMap<>())
        .put(report.instance(), report);
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
    reports.computeIfPresent(
        instance.service(),
        (_, siblings) -> {
          Optional.ofNullable(siblings.remove(instance))
              .ifPresent(before -> digest -= InstanceDigest.of(instance, phase(before)));
          return siblings.isEmpty() ? null : siblings;
        });
  }

  void clear() {
    reports.clear();
    digest = 0;
  }

  /** What was said of it last. */
  Optional<Report> find(InstanceId instance) {
    return Optional.ofNullable(of(instance.service()).get(instance));
  }

  /** Of one service, all but these: it may not have heard of them, or not that they are dead. */
  List<Report> others(ServiceName service, Set<InstanceId> but) {
    return of(service).values().stream()
        .filter(report -> !but.contains(report.instance()))
        .toList();
  }

  /** In their order. */
  List<InstanceId> alive() {
    return all()
        .filter(report -> phase(report) != Phase.EXITED)
        .map(Report::instance)
        .sorted()
        .toList();
  }

  /** What keeps those from being ready that are not, as far as a probe has said. */
  Map<InstanceId, String> probes() {
    Map<InstanceId, String> probes = new HashMap<>();
    all()
        .forEach(
            report -> {
              if (report instanceof Report.Alive alive && !alive.probe().isBlank()) {
                probes.put(alive.instance(), alive.probe());
              }
            });
    return probes;
  }

  long digest() {
    return digest;
  }

  private Map<InstanceId, Report> of(ServiceName service) {
    return reports.getOrDefault(service, Map.of());
  }

  private Stream<Report> all() {
    return reports.values().stream().flatMap(each -> each.values().stream());
  }
}
