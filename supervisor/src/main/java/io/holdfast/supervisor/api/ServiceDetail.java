package io.holdfast.supervisor.api;

import io.holdfast.core.InstanceId;
import io.holdfast.core.NodeId;
import io.holdfast.core.instance.Exit;
import io.holdfast.core.spec.ServiceSpec;
import io.holdfast.core.supervision.Incident;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

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
      Optional<Exit> lastExit) {}
}
