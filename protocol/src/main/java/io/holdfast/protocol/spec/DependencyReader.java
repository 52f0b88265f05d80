package io.holdfast.protocol.spec;

import io.holdfast.core.ServiceName;
import io.holdfast.core.spec.Dependency;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads what a service waits for. */
final class DependencyReader {

  private final Section document;
  private final Set<String> seen = new HashSet<>();

  DependencyReader(Section document, ServiceName name) {
    this.document = document;
    this.seen.add(name.value());
  }

  List<Dependency> read() {
    List<Dependency> dependencies = new ArrayList<>();
    document
        .sections("dependsOn")
        .forEach(
            section ->
                section
                    .build(Optional.<Dependency>empty(), () -> dependency(section))
                    .ifPresent(dependencies::add));
    return dependencies;
  }

  private Optional<Dependency> dependency(Section section) {
    Optional<String> name = section.text("service");
    Dependency.Condition condition = section.choice("condition", Dependency.Condition.READY);
    Dependency.OnRestart onRestart = section.choice("onRestart", Dependency.OnRestart.NONE);
    if (!section.has("service")) {
      section.refuse("service", "expected the name of a service, it is missing");
    }
    return name.filter(service -> isPossible(section, service))
        .map(service -> new Dependency(new ServiceName(service), condition, onRestart));
  }

  private boolean isPossible(Section section, String service) {
    if (!ServiceName.isValid(service)) {
      section.refuse("service", "expected the name of a service, got '" + service + "'");
      return false;
    }
    if (!seen.add(service)) {
      section.refuse("service", "expected other services, each once, got '" + service + "'");
      return false;
    }
    return true;
  }
}
