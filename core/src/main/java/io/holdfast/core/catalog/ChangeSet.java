package io.holdfast.core.catalog;

import io.holdfast.core.catalog.Catalog.Entry;
import io.holdfast.core.catalog.Catalog.GroupEntry;
import io.holdfast.core.spec.GroupSpec;
import io.holdfast.core.spec.ServiceSpec;
import io.holdfast.core.spec.Spec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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
      return news()
          .flatMap(
              change ->
                  change instanceof Change.OfService s ? Stream.of(s.entry()) : Stream.empty())
          .toList();
    }

    /** What must be recorded: the groups that are not the same as before. */
    public List<GroupEntry> groups() {
      return news()
          .flatMap(
              change -> change instanceof Change.OfGroup g ? Stream.of(g.entry()) : Stream.empty())
          .toList();
    }

    private Stream<Change> news() {
      return changes.stream().filter(change -> change.kind() != Change.Kind.UNCHANGED);
    }
  }

  /** They cannot; every reason is listed. */
  record Unsound(List<Flaw> flaws) implements ChangeSet {
    public Unsound {
      flaws = List.copyOf(flaws);
    }
  }

  static ChangeSet weigh(Catalog catalog, List<? extends Spec> specs) {
    Prospect prospect = Prospect.of(catalog, specs);
    List<Flaw> flaws = new ArrayList<>();
    for (Spec spec : specs) {
      switch (spec) {
        case ServiceSpec service -> ServiceFlaws.find(service, prospect, flaws);
        case GroupSpec group -> GroupFlaws.find(group, prospect, flaws);
      }
    }
    return flaws.isEmpty()
        ? new Sound(specs.stream().map(spec -> change(catalog, prospect, spec)).toList())
        : new Unsound(flaws);
  }

  private static Change change(Catalog catalog, Prospect prospect, Spec spec) {
    return switch (spec) {
      case ServiceSpec service -> change(catalog, prospect, service);
      case GroupSpec group -> change(catalog, group);
    };
  }

  private static Change change(Catalog catalog, Prospect prospect, ServiceSpec spec) {
    Optional<Entry> before = catalog.find(spec.name());
    boolean same = before.map(Entry::spec).equals(Optional.of(spec));
    Entry entry = same ? before.orElseThrow() : new Entry(catalog.nextVersion(spec.name()), spec);
    return new Change.OfService(
        entry,
        same ? Change.Kind.UNCHANGED : kind(before),
        before,
        prospect.dependents(spec.name()),
        prospect.followers(spec.name()));
  }

  private static Change change(Catalog catalog, GroupSpec spec) {
    Optional<GroupEntry> before = catalog.find(spec.name());
    if (before.isPresent() && before.get().spec().equals(spec)) {
      return new Change.OfGroup(before.get(), Change.Kind.UNCHANGED, before);
    }
    GroupEntry entry = new GroupEntry(catalog.nextVersion(spec.name()), spec);
    return new Change.OfGroup(entry, kind(before), before);
  }

  private static Change.Kind kind(Optional<?> before) {
    return before.isPresent() ? Change.Kind.UPDATED : Change.Kind.CREATED;
  }
}
