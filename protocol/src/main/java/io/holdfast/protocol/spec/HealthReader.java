package io.holdfast.protocol.spec;

import io.holdfast.core.spec.Health;
import io.holdfast.core.spec.Probe;
import java.time.Duration;
import java.util.Optional;

/** Reads the probes and thresholds of a service, and how long it may take to become ready. */
final class HealthReader {

  private final Section section;
  private final PortNames ports;

  HealthReader(Section section, PortNames ports) {
    this.section = section;
    this.ports = ports;
  }

  Health read() {
    return section.build(
        Health.NONE,
        () ->
            new Health(
                probe("startup", ProbeDefaults.STARTUP),
                probe("readiness", ProbeDefaults.READINESS),
                probe("liveness", ProbeDefaults.LIVENESS),
                deadline(),
                section.section("thresholds").flatMap(ThresholdsReader::read)));
  }

  private Optional<Probe> probe(String key, ProbeDefaults usual) {
    return section.section(key).flatMap(probe -> new ProbeReader(probe, usual, ports).read());
  }

  private Duration deadline() {
    return section
        .section("startup")
        .map(HealthReader::deadline)
        .orElse(Health.NONE.startDeadline());
  }

  private static Duration deadline(Section startup) {
    Health usual = Health.NONE;
    return startup
        .attempt(
            usual,
            () ->
                new Health(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    startup.duration(ProbeDefaults.DEADLINE, usual.startDeadline())))
        .startDeadline();
  }
}
