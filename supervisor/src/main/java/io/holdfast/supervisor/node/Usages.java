package io.holdfast.supervisor.node;

import io.holdfast.core.HostUsage;
import io.holdfast.core.InstanceId;
import io.holdfast.core.instance.Usage;
import io.holdfast.protocol.wire.UsageWire;
import io.holdfast.supervisor.metrics.SupervisorMetrics;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What one agent has measured last. Never recorded: a few seconds later it is old. */
final class Usages {

  private final SupervisorMetrics metrics;
  private final Map<InstanceId, Usage> instances = new HashMap<>();
  private Optional<HostUsage> host = Optional.empty();

  Usages(SupervisorMetrics metrics) {
    this.metrics = metrics;
  }

  /** Takes what has changed; of those that are not alive nothing is kept. */
  void note(io.holdfast.protocol.agent.Usage wire, Collection<InstanceId> alive) {
    Set<InstanceId> living = new HashSet<>(alive);
    host = Optional.of(UsageWire.host(wire));
    UsageWire.instances(wire)
        .forEach(
            (instance, usage) -> {
              if (living.contains(instance)) {
                metrics.used(instance, Optional.ofNullable(instances.put(instance, usage)), usage);
              }
            });
    Set<InstanceId> gone = new HashSet<>(instances.keySet());
    gone.removeAll(living);
    gone.forEach(this::forget);
  }

  Optional<HostUsage> host() {
    return host;
  }

  Map<InstanceId, Usage> instances() {
    return instances;
  }

  /** Nobody measures any more. */
  void close() {
    Set.copyOf(instances.keySet()).forEach(this::forget);
  }

  private void forget(InstanceId instance) {
    instances.remove(instance);
    boolean another =
        instances.keySet().stream()
            .anyMatch(
                each ->
                    each.service().equals(instance.service()) && each.slot() == instance.slot());
    if (!another) {
      metrics.unused(instance);
    }
  }
}
