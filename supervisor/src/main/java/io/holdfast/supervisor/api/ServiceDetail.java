package io.holdfast.supervisor.api;

import io.holdfast.core.InstanceId;
import io.holdfast.core.NodeId;
import io.holdfast.core.instance.Exit;
import io.holdfast.core.instance.Usage;
import io.holdfast.core.spec.ServiceSpec;
import io.holdfast.core.supervision.Incident;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Everything about a service. */
public record ServiceDetail(
    ServiceStatus status,
    ServiceSpec spec,
    List<InstanceStatus> instances,
    List<Incident> incidents,
    List<String> waitingFor) {

  /**
   * One instance, or a slot between two.
   *
   * @param id the latest launch of the slot
   * @param state starting, ready, unready, suspect, draining, stopping, backing-off, exited or lost
   * @param restarts launches of this slot after a failure
   * @param lastExit of the launch before, or of this one when it has ended
   * @param usage as its agent has measured it last
   */
  public record InstanceStatus(
      InstanceId id,
      NodeId node,
      boolean standby,
      String state,
      OptionalLong pid,
      String address,
      Map<String, Integer> ports,
      Optional<Instant> startedAt,
      Optional<Instant> readyAt,
      long restarts,
      Optional<Exit> lastExit,
      Optional<Usage> usage) {

    public InstanceStatus(
        InstanceId id,
        NodeId node,
        boolean standby,
        String state,
        OptionalLong pid,
        String address,
        Map<String, Integer> ports,
        Optional<Instant> startedAt,
        Optional<Instant> readyAt,
        long restarts,
        Optional<Exit> lastExit) {
      this(
          id,
          node,
          standby,
          state,
          pid,
          address,
          ports,
          startedAt,
          readyAt,
          restarts,
          lastExit,
          Optional.empty());
    }

    private InstanceStatus withUsage(Optional<Usage> measured) {
      return new InstanceStatus(
          id, node, standby, state, pid, address, ports, startedAt, readyAt, restarts, lastExit,
          measured);
    }
  }

  /** The same with what keeps instances from being ready. */
  public ServiceDetail withProbes(Map<InstanceId, String> probes) {
    Stream<String> unready =
        instances.stream()
            .filter(each -> probes.containsKey(each.id()))
            .map(each -> each.id() + " to be ready: " + probes.get(each.id()));
    return new ServiceDetail(
        status, spec, instances, incidents, Stream.concat(waitingFor.stream(), unready).toList());
  }

  /** The same with what has been measured of its instances. */
  public ServiceDetail withUsage(Map<InstanceId, Usage> measured) {
    return new ServiceDetail(
        status,
        spec,
        instances.stream()
            .map(each -> each.withUsage(Optional.ofNullable(measured.get(each.id()))))
            .toList(),
        incidents,
        waitingFor);
  }
}
