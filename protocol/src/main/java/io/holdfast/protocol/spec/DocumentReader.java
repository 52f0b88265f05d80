package io.holdfast.protocol.spec;

import io.holdfast.core.GroupName;
import io.holdfast.core.ServiceName;
import io.holdfast.core.spec.GroupSpec;
import io.holdfast.core.spec.Health;
import io.holdfast.core.spec.ProcessSpec;
import io.holdfast.core.spec.ServiceSpec;
import io.holdfast.core.spec.Spec;
import java.util.Optional;

/** Reads one document: what kind it is, and then the service or the group. */
final class DocumentReader {

  /** Stands in for a name that is missing or wrong, so that the rest is still read. */
  private static final String UNNAMED = "unnamed";

  private final Section document;

  DocumentReader(Problems problems, SpecNode.Mapping mapping) {
    this.document = new Section(problems, "", "", mapping);
  }

  /** Empty for a kind that there is not; problems may have been found either way. */
  Optional<Spec> read() {
    return document
        .chosen("kind", Kind.SERVICE)
        .map(
            kind ->
                switch (kind) {
                  case SERVICE -> service(new ServiceName(name()));
                  case GROUP -> group(new GroupName(name()));
                });
  }

  private GroupSpec group(GroupName name) {
    return new GroupReader(document.shaped(GroupReader.SHAPE), name).read();
  }

  private ServiceSpec service(ServiceName name) {
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
              FailureReader.replace(document),
              FailureReader.hold(document),
              FailureReader.standby(document),
              FailureReader.exclusivity(document),
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

  private String name() {
    if (!document.has("name")) {
      document.refuse("name", "expected a name like [a-z][a-z0-9-]{0,62}, it is missing");
    }
    return document.text("name").filter(this::isPossible).orElse(UNNAMED);
  }

  private boolean isPossible(String name) {
    boolean possible = ServiceName.isValid(name);
    if (!possible) {
      document.refuse("name", "expected a name like [a-z][a-z0-9-]{0,62}, got '" + name + "'");
    }
    return possible;
  }
}
