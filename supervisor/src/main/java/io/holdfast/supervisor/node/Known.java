package io.holdfast.supervisor.node;

import io.holdfast.core.InstanceId;
import io.holdfast.core.instance.Phase;
import io.holdfast.core.instance.Report;
import io.holdfast.protocol.agent.SupervisorMessage;
import io.holdfast.protocol.wire.AgentWire;
import io.holdfast.protocol.wire.InstanceDigest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The instances that an agent has spoken of and was not told to forget. */
final class Known {

  private final Map<InstanceId, Phase> phases = new HashMap<>();

  void note(Report report) {
    switch (report) {
      case Report.Alive alive -> phases.put(alive.instance(), alive.phase());
      case Report.Dead dead -> phases.put(dead.instance(), Phase.EXITED);
    }
  }

  /** What the agent no longer holds once it has read {@code message}. */
  void forget(SupervisorMessage message) {
    if (message.hasForget()) {
      phases.remove(AgentWire.id(message.getForget().getInstance()));
    }
  }

  void clear() {
    phases.clear();
  }

  boolean has(InstanceId instance) {
    return phases.containsKey(instance);
  }

  /** In their order. */
  List<InstanceId> alive() {
    return phases.entrySet().stream()
        .filter(entry -> entry.getValue() != Phase.EXITED)
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  long digest() {
    return InstanceDigest.of(phases);
  }
}
