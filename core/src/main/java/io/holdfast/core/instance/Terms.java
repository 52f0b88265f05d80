package io.holdfast.core.instance;

import io.holdfast.core.spec.Health;
import io.holdfast.core.spec.Probe;
import io.holdfast.core.spec.ServiceSpec;
import io.holdfast.core.spec.StopPolicy;
import java.util.Optional;

/** The part of a specification that the life of one instance depends on. */
public record Terms(Health health, StopPolicy stop) {

  public static Terms of(ServiceSpec spec) {
    return new Terms(spec.health(), spec.stop());
  }

  public Optional<Probe> probe(ProbeKind kind) {
    return switch (kind) {
      case STARTUP -> health.startup();
      case READINESS -> health.readiness();
      case LIVENESS -> health.liveness();
    };
  }
}
