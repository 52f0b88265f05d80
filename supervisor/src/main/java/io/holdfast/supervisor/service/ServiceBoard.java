package io.holdfast.supervisor.service;

import io.holdfast.core.ServiceName;
import io.holdfast.core.supervision.Standing;
import io.holdfast.supervisor.metrics.SupervisorMetrics;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How the services of this supervisor node stand, for the gauge that counts them by state. */
public final class ServiceBoard {

  private final Map<ServiceName, Standing.State> states = new ConcurrentHashMap<>();
  private final SupervisorMetrics metrics;

  public ServiceBoard(SupervisorMetrics metrics) {
    this.metrics = metrics;
  }

  void stands(ServiceName service, Standing.State state) {
    if (states.put(service, state) != state) {
      count();
    }
  }

  void gone(ServiceName service) {
    if (states.remove(service) != null) {
      count();
    }
  }

  private void count() {
    for (Standing.State state : Standing.State.values()) {
      int count = (int) states.values().stream().filter(each -> each == state).count();
      metrics.servicesIn(state.name().toLowerCase(Locale.ROOT), count);
    }
  }
}
