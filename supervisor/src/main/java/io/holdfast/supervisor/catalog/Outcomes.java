package io.holdfast.supervisor.catalog;

import io.holdfast.core.GroupName;
import io.holdfast.core.ServiceName;
import io.holdfast.core.catalog.Catalog;
import io.holdfast.core.catalog.ChangeSet;
import io.holdfast.core.spec.GroupSpec;
import io.holdfast.core.spec.ServiceSpec;
import io.holdfast.core.spec.Spec;
import io.holdfast.supervisor.api.ApplyOutcome;
import io.holdfast.supervisor.api.ChangeOutcome;
import java.util.List;
import java.util.OptionalLong;

/** The catalogue's answers. */
final class Outcomes {

  private Outcomes() {}

  /** The version that is there, when it is not the one that the change was made for. */
  static OptionalLong stale(Catalog catalog, CatalogActor.Apply apply) {
    if (apply.ifMatch().isEmpty()) {
      return OptionalLong.empty();
    }
    long current =
        apply.specs().stream().findFirst().map(spec -> version(catalog, spec)).orElse(0L);
    return current == apply.ifMatch().getAsLong() ? OptionalLong.empty() : OptionalLong.of(current);
  }

  private static long version(Catalog catalog, Spec spec) {
    return switch (spec) {
      case ServiceSpec service ->
          catalog.find(service.name()).map(Catalog.Entry::version).orElse(0L);
      case GroupSpec group ->
          catalog.find(group.name()).map(Catalog.GroupEntry::version).orElse(0L);
    };
  }

  static ApplyOutcome applied(ChangeSet.Sound sound) {
    return new ApplyOutcome.Applied(sound.changes());
  }

  static ApplyOutcome refused(ChangeSet.Unsound unsound) {
    return new ApplyOutcome.Refused(unsound.flaws());
  }

  static List<ServiceName> dependents(Catalog catalog, ServiceName name) {
    return catalog.services().values().stream()
        .map(Catalog.Entry::spec)
        .filter(spec -> spec.dependsOn().stream().anyMatch(dep -> dep.service().equals(name)))
        .map(ServiceSpec::name)
        .toList();
  }

  static ChangeOutcome unknown(ServiceName name) {
    return new ChangeOutcome.Unknown("there is no service '" + name + "'");
  }

  static ChangeOutcome unknown(GroupName name) {
    return new ChangeOutcome.Unknown("there is no group '" + name + "'");
  }

  static ChangeOutcome isChild(String name, GroupName parent) {
    return new ChangeOutcome.Conflict("'" + name + "' is a child of group '" + parent + "'");
  }

  static ChangeOutcome needed(ServiceName name, List<ServiceName> dependents) {
    String list = String.join(", ", dependents.stream().map(ServiceName::value).toList());
    return new ChangeOutcome.Conflict("'" + name + "' is needed by " + list);
  }

  static ChangeOutcome outOfRange() {
    return new ChangeOutcome.Invalid("expected 0 to " + ServiceSpec.MOST_INSTANCES + " instances");
  }
}
