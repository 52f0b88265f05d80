package io.holdfast.protocol.spec;

import io.holdfast.core.ServiceName;
import io.holdfast.core.spec.Health;
import io.holdfast.core.spec.ProcessSpec;
import io.holdfast.core.spec.ServiceSpec;
import java.util.Optional;

/** Reads one document: what kind it is, and then the service. */
final class DocumentReader {

  private static final String SERVICE = "service";

  /** Stands in for a name that is missing or wrong, so that the rest is still read. */
  private static final ServiceName UNNAMED = new ServiceName("unnamed");

  private final Section document;

  DocumentReader(Problems problems, SpecNode.Mapping mapping) {
    this.document = new Section(problems, "", "", mapping);
  }

  /** Empty for a kind that is no service; problems may have been found either way. */
  Optional<ServiceSpec> read() {
    String kind = document.text("kind").orElse(SERVICE);
    if (kind.equals(SERVICE)) {
      return Optional.of(service());
    }
    document.refuse(
        "kind",
        NotYet.KINDS.contains(kind)
            ? kind + " is not supported by this release; expected " + SERVICE
            : "expected " + SERVICE + ", got '" + kind + "'");
    return Optional.empty();
  }

  private ServiceSpec service() {
    ServiceName name = name();
    return document.build(
        ServiceSpec.of(name.value(), ProcessReader.STAND_IN),
        () -> {
          int instances = document.whole("instances", 1);
          ProcessSpec process = new ProcessReader(document).read();
          return new ServiceSpec(
              name,
              instances,
              process,
              FailureReader.restart(document),
              FailureReader.hold(document),
              FailureReader.standby(document),
              FailureReader.stop(document),
              health(process),
              new DependencyReader(document, name).read(),
              PlacementReader.read(document),
              RoutingReader.rollout(document),
              RoutingReader.routing(document));
        });
  }

  private Health health(ProcessSpec process) {
    return document
        .section("health")
        .map(section -> new HealthReader(section, PortNames.of(document, process)).read())
        .orElse(Health.NONE);
  }

  private ServiceName name() {
    if (!document.has("name")) {
      document.refuse("name", "expected a name like [a-z][a-z0-9-]{0,62}, it is missing");
    }
    return document.text("name").flatMap(this::name).orElse(UNNAMED);
  }

  private Optional<ServiceName> name(String name) {
    if (ServiceName.isValid(name)) {
      return Optional.of(new ServiceName(name));
    }
    document.refuse("name", "expected a name like [a-z][a-z0-9-]{0,62}, got '" + name + "'");
    return Optional.empty();
  }
}
