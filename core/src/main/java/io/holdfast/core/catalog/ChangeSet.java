package io.holdfast.core.catalog;

import io.holdfast.core.ServiceName;
import io.holdfast.core.catalog.Catalog.Entry;
import io.holdfast.core.spec.Dependency;
import io.holdfast.core.spec.ServiceSpec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Specifications that are to take effect together, weighed against what is there. */
public sealed interface ChangeSet {

  /**
   * All of them can hold.
   *
   * @param changes one for each specification, in its order
   */
  record Sound(List<Change> changes) implements ChangeSet {
    public Sound {
      changes = List.copyOf(changes);
    }

    /** What must be recorded: the services that are not the same as before. */
    public List<Entry> entries() {
      return changes.stream()
          .filter(change -> change.kind() != Kind.UNCHANGED)
          .map(Change::entry)
          .toList();
    }
  }

  /** They cannot; every reason is listed. */
  record Unsound(List<Flaw> flaws) implements ChangeSet {
    public Unsound {
      flaws = List.copyOf(flaws);
    }
  }

  /**
   * What becomes of one service.
   *
   * @param before what it was
   */
  record Change(Entry entry, Kind kind, Optional<Entry> before) {

    /** Instances that are replaced because of this change. */
    public int restarts() {
      return before
          .filter(old -> entry.spec().runsDifferently(old.spec()))
          .map(old -> Math.min(old.spec().slots(), entry.spec().slots()))
          .orElse(0);
    }
  }

  enum Kind {
    CREATED,
    UPDATED,
    UNCHANGED
  }

  /**
   * One reason why a set cannot hold.
   *
   * @param path within the service's document
   */
  record Flaw(ServiceName service, String path, String detail) {}

  static ChangeSet weigh(Catalog catalog, List<ServiceSpec> specs) {
    SortedMap<ServiceName, ServiceSpec> merged = new TreeMap<>();
    catalog.services().forEach((name, entry) -> merged.put(name, entry.spec()));
    specs.forEach(spec -> merged.put(spec.name(), spec));
    List<Flaw> flaws = new ArrayList<>();
    for (ServiceSpec spec : specs) {
      unknownDependencies(spec, merged, flaws);
      cycle(spec, merged).ifPresent(flaws::add);
      takenHost(spec, merged).ifPresent(flaws::add);
    }
    return flaws.isEmpty()
        ? new Sound(specs.stream().map(spec -> change(catalog, spec)).toList())
        : new Unsound(flaws);
  }

  private static Change change(Catalog catalog, ServiceSpec spec) {
    Optional<Entry> before = catalog.find(spec.name());
    if (before.isPresent() && before.get().spec().equals(spec)) {
      return new Change(before.get(), Kind.UNCHANGED, before);
    }
    Entry entry = new Entry(catalog.nextVersion(spec.name()), spec);
    return new Change(entry, before.isPresent() ? Kind.UPDATED : Kind.CREATED, before);
  }

  private static void unknownDependencies(
      ServiceSpec spec, Map<ServiceName, ServiceSpec> merged, List<Flaw> flaws) {
    for (int i = 0; i < spec.dependsOn().size(); i++) {
      ServiceName wanted = spec.dependsOn().get(i).service();
      if (!merged.containsKey(wanted)) {
        flaws.add(
            new Flaw(
                spec.name(),
                "dependsOn[" + i + "].service",
                "expected a service that exists or is applied with it, got '" + wanted + "'"));
      }
    }
  }

  /** A way from the service along its dependencies back to itself, if there is one. */
  private static Optional<Flaw> cycle(ServiceSpec spec, Map<ServiceName, ServiceSpec> merged) {
    Deque<List<ServiceName>> ways = new ArrayDeque<>();
    Set<ServiceName> seen = new HashSet<>();
    ways.add(List.of(spec.name()));
    while (!ways.isEmpty()) {
      List<ServiceName> way = ways.removeFirst();
      ServiceSpec last = merged.get(way.getLast());
      if (last == null) {
        continue;
      }
      for (Dependency dependency : last.dependsOn()) {
        List<ServiceName> longer = new ArrayList<>(way);
        longer.add(dependency.service());
        if (dependency.service().equals(spec.name())) {
          return Optional.of(
              new Flaw(spec.name(), "dependsOn", "expected no cycle, got " + arrows(longer)));
        }
        if (seen.add(dependency.service())) {
          ways.add(longer);
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Flaw> takenHost(ServiceSpec spec, Map<ServiceName, ServiceSpec> merged) {
    return merged.values().stream()
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
                    new Flaw(
                        spec.name(),
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
                        new Flaw(
                            spec.name(),
                            "name",
                            "expected a name of its own, "
                                + other.name()
                                + " has the host '"
                                + taken
                                + "'")));
  }

  /** Every host name that leads to the service. */
  private static Set<String> hosts(ServiceSpec spec) {
    String name = spec.name().value();
    Set<String> hosts = new HashSet<>(Set.of(name, name + ".localhost", name + ".holdfast"));
    spec.routing().host().ifPresent(hosts::add);
    return hosts;
  }

  private static String arrows(List<ServiceName> way) {
    return String.join(" -> ", way.stream().map(ServiceName::value).toList());
  }
}
