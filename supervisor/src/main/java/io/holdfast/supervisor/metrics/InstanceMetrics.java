package io.holdfast.supervisor.metrics;

import io.holdfast.core.InstanceId;
import io.holdfast.core.instance.Usage;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.Optional;

/**
 * What the instances use, by service and slot: as many series as there are slots with a process.
 */
final class InstanceMetrics {

  private final Counter cpu;
  private final Gauge memory;
  private final Gauge descriptors;
  private final Gauge threads;

  InstanceMetrics(PrometheusRegistry registry) {
    cpu =
        Counter.builder()
            .name("holdfast_instance_cpu_seconds_total")
            .help("CPU time of a slot's processes, over its launches.")
            .labelNames("service", "slot")
            .register(registry);
    memory = gauge(registry, "holdfast_instance_memory_bytes", "Resident memory.");
    descriptors = gauge(registry, "holdfast_instance_descriptors", "Open descriptors.");
    threads = gauge(registry, "holdfast_instance_threads", "Threads.");
  }

  void used(InstanceId instance, Optional<Usage> before, Usage usage) {
    String[] labels = labels(instance);
    Duration more = usage.cpu().minus(before.map(Usage::cpu).orElse(Duration.ZERO));
    // Less than before when a process has ended that nobody waited for: nothing was used then.
    cpu.labelValues(labels).inc(Math.max(0, more.toNanos() / 1e9));
    memory.labelValues(labels).set((double) usage.memoryBytes());
    usage.descriptors().ifPresent(open -> descriptors.labelValues(labels).set(open));
    threads.labelValues(labels).set(usage.threads());
  }

  void unused(InstanceId instance) {
    String[] labels = labels(instance);
    cpu.remove(labels);
    memory.remove(labels);
    descriptors.remove(labels);
    threads.remove(labels);
  }

  private static String[] labels(InstanceId instance) {
    return new String[] {instance.service().value(), Integer.toString(instance.slot())};
  }

  private static Gauge gauge(PrometheusRegistry registry, String name, String what) {
    return Gauge.builder()
        .name(name)
        .help(what + " Of all processes of a slot's instance together.")
        .labelNames("service", "slot")
        .register(registry);
  }
}
