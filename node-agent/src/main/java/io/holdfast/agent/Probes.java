package io.holdfast.agent;

import io.holdfast.agent.probe.ProbeOrder;
import io.holdfast.agent.probe.ProbeResult;
import io.holdfast.agent.probe.Prober;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The running probes of one instance. */
final class Probes {

  private final Surroundings around;
  private final List<Prober.Running> running = new ArrayList<>();

  Probes(Surroundings around) {
    this.around = around;
  }

  /** What it finds out is told on the loop. */
  void start(ProbeOrder order, Consumer<ProbeResult> told) {
    running.add(
        around.prober().start(order, result -> around.loop().execute(() -> told.accept(result))));
  }

  void stopAll() {
    running.forEach(Prober.Running::stop);
    running.clear();
  }
}
