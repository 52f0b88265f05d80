package io.holdfast.supervisor.metrics;

import io.holdfast.core.InstanceId;
import io.holdfast.core.instance.Usage;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** The control plane's metrics. */
public final class SupervisorMetrics {

  private static final double[] REACTIONS = {
    0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60
  };

  private final InstantSource clock;
  private final Counter restarts;
  private final Counter heartbeats;
  private final Histogram detect;
  private final Histogram isolate;
  private final Histogram repair;
  private final Histogram journalWrite;
  private final Gauge nodes;
  private final Gauge services;
  private final Gauge viewVersion;
  private final Gauge brake;
  private final InstanceMetrics instances;

  public SupervisorMetrics(PrometheusRegistry registry, InstantSource clock) {
    this.clock = clock;
    restarts =
        Counter.builder()
            .name("holdfast_instance_restarts_total")
            .help("Launches after a failure.")
            .labelNames("service", "cause", "rung")
            .register(registry);
    heartbeats =
        Counter.builder()
            .name("holdfast_heartbeats_total")
            .help("Heartbeats received from agents.")
            .register(registry);
    detect = reaction(registry, "holdfast_detect_seconds", "Fault to its news at the hub.");
    isolate = reaction(registry, "holdfast_isolate_seconds", "Fault to out of every view.");
    repair = reaction(registry, "holdfast_repair_seconds", "Fault to a ready substitute.");
    journalWrite =
        reaction(registry, "holdfast_journal_write_seconds", "Time to make an event durable.");
    nodes =
        Gauge.builder()
            .name("holdfast_nodes")
            .help("Nodes by state.")
            .labelNames("state")
            .register(registry);
    services =
        Gauge.builder()
            .name("holdfast_services")
            .help("Services by state.")
            .labelNames("state")
            .register(registry);
    brake =
        Gauge.builder()
            .name("holdfast_brake_engaged")
            .help("1 while the brake keeps nodes from being condemned, on the node that has it.")
            .register(registry);
    instances = new InstanceMetrics(registry);
    viewVersion =
        Gauge.builder()
            .name("holdfast_view_version")
            .help("Version of the routing view.")
            .register(registry);
  }

  private static Histogram reaction(PrometheusRegistry registry, String name, String help) {
    return Histogram.builder()
        .name(name)
        .help(help)
        .classicOnly()
        .classicUpperBounds(REACTIONS)
        .register(registry);
  }

  public void restarted(String service, String cause, String rung) {
    restarts.labelValues(service, cause, rung).inc();
  }

  public void heartbeat() {
    heartbeats.inc();
  }

  public void detected(Instant faultAt) {
    detect.observe(since(faultAt));
  }

  public void isolated(Instant faultAt) {
    isolate.observe(since(faultAt));
  }

  public void repaired(Instant faultAt) {
    repair.observe(since(faultAt));
  }

  public void journalWritten(Duration took) {
    journalWrite.observe(took.toNanos() / 1e9);
  }

  public void nodesIn(String state, int count) {
    nodes.labelValues(state).set(count);
  }

  public void servicesIn(String state, int count) {
    services.labelValues(state).set(count);
  }

  public void brakeEngaged(boolean engaged) {
    brake.set(engaged ? 1 : 0);
  }

  public void viewVersion(long version) {
    viewVersion.set((double) version);
  }

  /**
   * What an instance uses has been measured.
   *
   * @param before what was measured of it the time before
   */
  public void used(InstanceId instance, Optional<Usage> before, Usage usage) {
    instances.used(instance, before, usage);
  }

  /** Nothing is measured of its slot any more. */
  public void unused(InstanceId instance) {
    instances.unused(instance);
  }

  /** Never negative: the agent's wall clock may run ahead of ours. */
  private double since(Instant moment) {
    return Math.max(0, Duration.between(moment, clock.instant()).toNanos() / 1e9);
  }
}
