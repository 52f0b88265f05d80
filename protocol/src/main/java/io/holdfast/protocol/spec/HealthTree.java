package io.holdfast.protocol.spec;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.core.spec.Health;
import io.holdfast.core.spec.Probe;
import io.holdfast.core.spec.ProbeCheck;
import io.holdfast.core.spec.Thresholds;
import java.util.Optional;

/** Writes the probes and thresholds. */
final class HealthTree {

  private HealthTree() {}

  static void write(Health health, ObjectNode into) {
    Part startup =
        probe(health.startup(), ProbeDefaults.STARTUP)
            .with(ProbeDefaults.DEADLINE, health.startDeadline(), Health.DEFAULT_START_DEADLINE);
    new Part(into)
        .with(
            "health",
            Part.empty()
                .with("startup", startup)
                .with("readiness", probe(health.readiness(), ProbeDefaults.READINESS))
                .with("liveness", probe(health.liveness(), ProbeDefaults.LIVENESS))
                .with("thresholds", thresholds(health.thresholds())));
  }

  private static Part thresholds(Optional<Thresholds> thresholds) {
    Part part = Part.empty();
    thresholds.ifPresent(
        some -> {
          some.errorRate().ifPresent(rate -> part.node().put("errorRate", rate));
          some.p99().ifPresent(time -> part.node().put("p99", DurationText.write(time)));
          part.with("window", some.window(), Thresholds.USUAL_WINDOW)
              .with("minRequests", some.minRequests(), Thresholds.USUAL_REQUESTS)
              .with("then", some.then(), Thresholds.Response.ISOLATE);
        });
    return part;
  }

  private static Part probe(Optional<Probe> probe, ProbeDefaults usual) {
    return probe.map(one -> probe(one, usual)).orElseGet(Part::empty);
  }

  private static Part probe(Probe probe, ProbeDefaults usual) {
    Part part = Part.empty();
    switch (probe.check()) {
      case ProbeCheck.Http(String path, String port) ->
          part.node().put("http", path).put("port", port);
      case ProbeCheck.Tcp(String port) -> part.node().put("tcp", port);
      case ProbeCheck.Exec(var command) -> command.forEach(part.node().putArray("exec")::add);
      case ProbeCheck.Grpc(String service, String port) ->
          part.node().put("grpc", service).put("port", port);
      case ProbeCheck.Watchdog(var silence) -> {
        part.node().put("watchdog", DurationText.write(silence));
        return counts(part, probe, usual.ofWatchdog());
      }
    }
    return counts(part, probe, usual)
        .with("interval", probe.interval(), usual.interval())
        .with("timeout", probe.timeout(), usual.timeout());
  }

  private static Part counts(Part part, Probe probe, ProbeDefaults usual) {
    return part.with("failures", probe.failures(), usual.failures())
        .with("successes", probe.successes(), usual.successes());
  }
}
