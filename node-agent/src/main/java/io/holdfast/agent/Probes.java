package io.holdfast.agent;

import io.holdfast.agent.probe.ProbeOrder;
import io.holdfast.agent.probe.ProbeResult;
import io.holdfast.agent.probe.ProbeTarget;
import io.holdfast.agent.probe.Prober;
import io.holdfast.core.instance.ProbeKind;
import io.holdfast.core.instance.Terms;
import io.holdfast.core.spec.ProbeCheck;
import io.holdfast.core.spec.ServiceSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The running probes of one instance. */
final class Probes {

  private final Surroundings around;
  private final ServiceSpec spec;
  private final Notified notified;
  private final List<Prober.Running> running = new ArrayList<>();

  Probes(Surroundings around, ServiceSpec spec, Notified notified) {
    this.around = around;
    this.spec = spec;
    this.notified = notified;
  }

  /**
   * Starts the probe of a kind, if there is one; what it finds out is told on the loop.
   *
   * @param awaited true when the instance waits for its first pass
   */
  void start(ProbeKind kind, ProbeTarget target, boolean awaited, Consumer<ProbeResult> told) {
    Terms.of(spec)
        .probe(kind)
        // Where nothing can be heard, nothing is no silence.
        .filter(probe -> notified.isHeard() || !(probe.check() instanceof ProbeCheck.Watchdog))
        .map(probe -> new ProbeOrder(kind, probe, target, notified.notices(), awaited))
        .ifPresent(order -> start(order, told));
  }

  private void start(ProbeOrder order, Consumer<ProbeResult> told) {
    running.add(
        around.prober().start(order, result -> around.loop().execute(() -> told.accept(result))));
  }

  void stopAll() {
    running.forEach(Prober.Running::stop);
    running.clear();
  }
}
