package io.holdfast.core.catalog;

import io.holdfast.core.ServiceName;
import io.holdfast.core.spec.Dependency;
import io.holdfast.core.spec.Entrance;
import io.holdfast.core.spec.ServiceSpec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What keeps a service from fitting in with everything else. */
final class ServiceFlaws {

  private ServiceFlaws() {}

  static void find(ServiceSpec spec, Prospect prospect, List<Flaw> flaws) {
    unknownDependencies(spec, prospect.services(), flaws);
    cycle(spec, prospect.services()).ifPresent(flaws::add);
    takenHost(spec, prospect.services()).ifPresent(flaws::add);
    takenPort(spec, prospect.services()).ifPresent(flaws::add);
    if (prospect.hasGroup(spec.title())) {
      flaws.add(flaw(spec, "name", "expected a name of its own, a group has this one"));
    }
  }

  private static void unknownDependencies(
      ServiceSpec spec, Map<ServiceName, ServiceSpec> services, List<Flaw> flaws) {
    for (int i = 0; i < spec.dependsOn().size(); i++) {
      ServiceName wanted = spec.dependsOn().get(i).service();
      if (!services.containsKey(wanted)) {
        flaws.add(
            flaw(
                spec,
                "dependsOn[" + i + "].service",
                "expected a service that exists or is applied with it, got '" + wanted + "'"));
      }
    }
  }

  /** A way from the service along its dependencies back to itself, if there is one. */
  private static Optional<Flaw> cycle(ServiceSpec spec, Map<ServiceName, ServiceSpec> services) {
    Deque<List<ServiceName>> ways = new ArrayDeque<>();
    Set<ServiceName> seen = new HashSet<>();
    ways.add(List.of(spec.name()));
    while (!ways.isEmpty()) {
      List<ServiceName> way = ways.removeFirst();
      ServiceSpec last = services.get(way.getLast());
      if (last == null) {
        continue;
      }
      for (Dependency dependency : last.dependsOn()) {
        List<ServiceName> longer = new ArrayList<>(way);
        longer.add(dependency.service());
        if (dependency.service().equals(spec.name())) {
          return Optional.of(flaw(spec, "dependsOn", "expected no cycle, got " + arrows(longer)));
        }
        if (seen.add(dependency.service())) {
          ways.add(longer);
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Flaw> takenHost(
      ServiceSpec spec, Map<ServiceName, ServiceSpec> services) {
    return services.values().stream()
        .filter(other -> !other.name().equals(spec.name()))
        .flatMap(other -> clash(spec, other).stream())
        .findFirst();
  }

  private static Optional<Flaw> clash(ServiceSpec spec, ServiceSpec other) {
    Optional<Flaw> host =
        spec.routing()
            .host()
            .filter(hosts(other)::contains)
            .map(
                taken ->
                    flaw(
                        spec,
                        "routing.host",
                        "expected a host of its own, '" + taken + "' belongs to " + other.name()));
    return host.or(
        () ->
            other
                .routing()
                .host()
                .filter(hosts(spec)::contains)
                .map(
                    taken ->
                        flaw(
                            spec,
                            "name",
                            "expected a name of its own, "
                                + other.name()
                                + " has the host '"
                                + taken
                                + "'")));
  }

  private static Optional<Flaw> takenPort(
      ServiceSpec spec, Map<ServiceName, ServiceSpec> services) {
    return port(spec)
        .flatMap(
            port ->
                services.values().stream()
                    .filter(other -> !other.name().equals(spec.name()))
                    .filter(other -> port(other).equals(Optional.of(port)))
                    .findFirst()
                    .map(
                        other ->
                            flaw(
                                spec,
                                "routing.listen",
                                "expected a port of its own, "
                                    + port
                                    + " belongs to "
                                    + other.name())));
  }

  private static Optional<Integer> port(ServiceSpec spec) {
    return spec.routing().entrance().own().map(Entrance.Own::port);
  }

  /** Every host name that leads to the service. */
  private static Set<String> hosts(ServiceSpec spec) {
    String name = spec.name().value();
    Set<String> hosts = new HashSet<>(Set.of(name, name + ".localhost", name + ".holdfast"));
    spec.routing().host().ifPresent(hosts::add);
    return hosts;
  }

  private static Flaw flaw(ServiceSpec spec, String path, String detail) {
    return new Flaw(spec.title(), path, detail);
  }

  private static String arrows(List<ServiceName> way) {
    return String.join(" -> ", way.stream().map(ServiceName::value).toList());
  }
}
