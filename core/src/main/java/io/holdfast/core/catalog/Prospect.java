package io.holdfast.core.catalog;

import io.holdfast.core.GroupName;
import io.holdfast.core.ServiceName;
import io.holdfast.core.spec.Dependency;
import io.holdfast.core.spec.GroupSpec;
import io.holdfast.core.spec.ServiceSpec;
import io.holdfast.core.spec.Spec;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** What the catalogue would hold if the changes took effect. */
record Prospect(
    SortedMap<ServiceName, ServiceSpec> services, SortedMap<GroupName, GroupSpec> groups) {

  static Prospect of(Catalog catalog, List<? extends Spec> specs) {
    SortedMap<ServiceName, ServiceSpec> services = new TreeMap<>();
    SortedMap<GroupName, GroupSpec> groups = new TreeMap<>();
    catalog.services().forEach((name, entry) -> services.put(name, entry.spec()));
    catalog.groups().forEach((name, entry) -> groups.put(name, entry.spec()));
    for (Spec spec : specs) {
      switch (spec) {
        case ServiceSpec service -> services.put(service.name(), service);
        case GroupSpec group -> groups.put(group.name(), group);
      }
    }
    return new Prospect(services, groups);
  }

  boolean hasService(String title) {
    return services.containsKey(new ServiceName(title));
  }

  boolean hasGroup(String title) {
    return groups.containsKey(new GroupName(title));
  }

  Optional<GroupSpec> group(String title) {
    return Optional.ofNullable(groups.get(new GroupName(title)));
  }

  /** All that depend on {@code name}, directly or by others. */
  List<ServiceName> dependents(ServiceName name) {
    return reachedFrom(name, _ -> true);
  }

  /** All that are restarted when {@code name} is, directly or after others. */
  List<ServiceName> followers(ServiceName name) {
    return reachedFrom(name, edge -> edge.onRestart() == Dependency.OnRestart.RESTART);
  }

  private List<ServiceName> reachedFrom(ServiceName name, Predicate<Dependency> passable) {
    Set<ServiceName> found = new TreeSet<>();
    Deque<ServiceName> rest = new ArrayDeque<>(List.of(name));
    while (!rest.isEmpty()) {
      ServiceName next = rest.removeFirst();
      services.values().stream()
          .filter(
              spec ->
                  spec.dependsOn().stream()
                      .filter(passable)
                      .anyMatch(edge -> edge.service().equals(next)))
          .map(ServiceSpec::name)
          .filter(found::add)
          .forEach(rest::add);
    }
    return List.copyOf(found);
  }
}
