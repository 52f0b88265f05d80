package io.holdfast.supervisor.service;

import io.holdfast.core.ServiceName;
import io.holdfast.core.instance.Exit;
import io.holdfast.core.supervision.LaunchCause;
import io.holdfast.core.supervision.ServiceEvent;
import io.holdfast.core.supervision.ServiceState;
import io.holdfast.core.supervision.Slot;
import io.holdfast.supervisor.metrics.SupervisorMetrics;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts restarts, and measures how long faults last. */
final class Repairs {

  private final SupervisorMetrics metrics;
  private final Map<Integer, Instant> open = new HashMap<>();
  private final Map<Integer, String> rungs = new HashMap<>();

  Repairs(SupervisorMetrics metrics) {
    this.metrics = metrics;
  }

  void note(ServiceName name, ServiceState state, ServiceEvent event) {
    if (!(state instanceof ServiceState.Active active)) {
      return;
    }
    if (event instanceof ServiceEvent.InstanceExited exited) {
      open.putIfAbsent(exited.instance().slot(), exited.exit().at());
      rungs.put(exited.instance().slot(), exited.verdict().rung());
    } else if (event instanceof ServiceEvent.InstanceLaunched launched
        && launched.cause() == LaunchCause.FAILURE) {
      int slot = launched.instance().slot();
      metrics.restarted(
          name.value(), cause(active.slots().get(slot)), rungs.getOrDefault(slot, "at-once"));
    } else if (event instanceof ServiceEvent.StandbyPromoted promoted) {
      repaired(promoted.failed());
    } else if (event instanceof ServiceEvent.InstanceReadied readied) {
      repaired(readied.instance().slot());
    }
  }

  private void repaired(int slot) {
    Instant since = open.remove(slot);
    if (since != null) {
      metrics.repaired(since);
    }
  }

  private static String cause(@Nullable Slot slot) {
    return slot == null
        ? "unknown"
        : slot.lastExit()
            .map(Exit::cause)
            .map(cause -> cause.name().toLowerCase(Locale.ROOT))
            .orElse("unknown");
  }
}
