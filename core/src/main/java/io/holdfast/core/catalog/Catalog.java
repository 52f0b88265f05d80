package io.holdfast.core.catalog;

import io.holdfast.core.GroupName;
import io.holdfast.core.NodeId;
import io.holdfast.core.Restoration;
import io.holdfast.core.ServiceName;
import io.holdfast.core.spec.GroupSpec;
import io.holdfast.core.spec.ServiceSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * Every service and group there is, and the last version of every one there was.
 *
 * <p>What is deleted leaves its version behind, so that one created again under its name goes on
 * from there and late news of the old one is recognised.
 *
 * @param nodes every node that has ever joined
 * @param past what services ran before, the newest last, at most {@link #MOST_PAST} versions of
 *     each
 * @param restored when the journal was last restored from a backup, and below what nothing new
 *     begins
 */
public record Catalog(
    SortedMap<ServiceName, Entry> services,
    SortedMap<ServiceName, Long> removed,
    SortedMap<GroupName, GroupEntry> groups,
    SortedMap<GroupName, Long> removedGroups,
    SortedSet<NodeId> nodes,
    Optional<Restoration> restored,
    SortedMap<ServiceName, List<Past>> past) {

  static final int MOST_PAST = 10;

  public static final Catalog EMPTY =
      new Catalog(
          Collections.emptySortedMap(),
          Collections.emptySortedMap(),
          Collections.emptySortedMap(),
          Collections.emptySortedMap(),
          Collections.emptySortedSet(),
          Optional.empty(),
          Collections.emptySortedMap());

  public Catalog {
    services = Collections.unmodifiableSortedMap(new TreeMap<>(services));
    removed = Collections.unmodifiableSortedMap(new TreeMap<>(removed));
    groups = Collections.unmodifiableSortedMap(new TreeMap<>(groups));
    removedGroups = Collections.unmodifiableSortedMap(new TreeMap<>(removedGroups));
    nodes = Collections.unmodifiableSortedSet(new TreeSet<>(nodes));
    past = Collections.unmodifiableSortedMap(new TreeMap<>(past));
  }

  /** One service at its version, from 1. */
  public record Entry(long version, ServiceSpec spec) {}

  /** One group at its version, from 1. */
  public record GroupEntry(long version, GroupSpec spec) {}

  /**
   * A version of a service that was replaced by one that runs something else.
   *
   * @param withdrawn it was gone back from: it failed, or somebody did not want it any more
   */
  public record Past(long version, ServiceSpec spec, boolean withdrawn) {

    Past raised(long by) {
      return new Past(version + by, spec, withdrawn);
    }
  }

  /** Earlier versions of a service, the newest last. */
  public List<Past> past(ServiceName name) {
    return past.getOrDefault(name, List.of());
  }

  public Optional<Entry> find(ServiceName name) {
    return Optional.ofNullable(services.get(name));
  }

  public Optional<GroupEntry> find(GroupName name) {
    return Optional.ofNullable(groups.get(name));
  }

  /** The group that has a child of this name. */
  public Optional<GroupName> parentOf(String child) {
    return groups.values().stream()
        .map(GroupEntry::spec)
        .filter(group -> group.children().contains(child))
        .map(GroupSpec::name)
        .findFirst();
  }

  /** The version that a change of {@code name} gets. */
  public long nextVersion(ServiceName name) {
    return find(name).map(Entry::version).orElse(removed.getOrDefault(name, firstVersion())) + 1;
  }

  /** The version that a change of {@code name} gets. */
  public long nextVersion(GroupName name) {
    return find(name)
            .map(GroupEntry::version)
            .orElse(removedGroups.getOrDefault(name, firstVersion()))
        + 1;
  }

  private long firstVersion() {
    return restored.map(Restoration::versions).orElse(0L);
  }

  public Catalog after(CatalogEvent event) {
    return switch (event) {
      case CatalogEvent.ChangesApplied applied -> applied(applied);
      case CatalogEvent.WentBack(var entry, long _, String _, Instant _) -> wentBack(entry);
      case CatalogEvent.ServiceRemoved(var service, var version, Instant _) ->
          new Catalog(
              without(services, service),
              with(removed, service, version),
              groups,
              removedGroups,
              nodes,
              restored,
              without(past, service));
      case CatalogEvent.GroupRemoved(var group, var version, Instant _) ->
          new Catalog(
              services,
              removed,
              without(groups, group),
              with(removedGroups, group, version),
              nodes,
              restored,
              past);
      case CatalogEvent.NodeRegistered node -> registered(node.node());
      case CatalogEvent.Restored(var versions, var epochs, var at) -> lifted(versions, epochs, at);
    };
  }

  private Catalog applied(CatalogEvent.ChangesApplied event) {
    SortedMap<ServiceName, Entry> nextServices = new TreeMap<>(services);
    SortedMap<ServiceName, Long> gone = new TreeMap<>(removed);
    SortedMap<ServiceName, List<Past>> nextPast = new TreeMap<>(past);
    for (Entry entry : event.entries()) {
      remember(nextPast, entry, false);
      nextServices.put(entry.spec().name(), entry);
      gone.remove(entry.spec().name());
    }
    SortedMap<GroupName, GroupEntry> nextGroups = new TreeMap<>(groups);
    SortedMap<GroupName, Long> goneGroups = new TreeMap<>(removedGroups);
    for (GroupEntry entry : event.groups()) {
      nextGroups.put(entry.spec().name(), entry);
      goneGroups.remove(entry.spec().name());
    }
    return new Catalog(nextServices, gone, nextGroups, goneGroups, nodes, restored, nextPast);
  }

  private Catalog wentBack(Entry entry) {
    SortedMap<ServiceName, List<Past>> nextPast = new TreeMap<>(past);
    remember(nextPast, entry, true);
    return new Catalog(
        with(services, entry.spec().name(), entry),
        removed,
        groups,
        removedGroups,
        nodes,
        restored,
        nextPast);
  }

  /** How many instances there are is no matter of what they run. */
  private void remember(SortedMap<ServiceName, List<Past>> all, Entry next, boolean withdrawn) {
    ServiceName name = next.spec().name();
    find(name)
        .filter(old -> !old.spec().isLike(next.spec()))
        .ifPresent(
            old -> {
              List<Past> versions = new ArrayList<>(past(name));
              versions.add(new Past(old.version(), old.spec(), withdrawn));
              int surplus = Math.max(0, versions.size() - MOST_PAST);
              all.put(name, List.copyOf(versions.subList(surplus, versions.size())));
            });
  }

  private Catalog registered(NodeId node) {
    SortedSet<NodeId> more = new TreeSet<>(nodes);
    more.add(node);
    return new Catalog(services, removed, groups, removedGroups, more, restored, past);
  }

  private Catalog lifted(long versions, long epochs, Instant at) {
    Restoration last = restored.orElse(new Restoration(0, 0, at));
    return new Catalog(
        each(services, entry -> new Entry(entry.version() + versions, entry.spec())),
        each(removed, version -> version + versions),
        each(groups, entry -> new GroupEntry(entry.version() + versions, entry.spec())),
        each(removedGroups, version -> version + versions),
        nodes,
        Optional.of(new Restoration(last.versions() + versions, last.epochs() + epochs, at)),
        each(past, all -> all.stream().map(one -> one.raised(versions)).toList()));
  }

  private static <K, V> SortedMap<K, V> each(SortedMap<K, V> map, UnaryOperator<V> change) {
    SortedMap<K, V> changed = new TreeMap<>(map);
    changed.replaceAll((_, value) -> change.apply(value));
    return changed;
  }

  private static <K, V> SortedMap<K, V> without(SortedMap<K, V> map, K key) {
    SortedMap<K, V> rest = new TreeMap<>(map);
    rest.remove(key);
    return rest;
  }

  private static <K, V> SortedMap<K, V> with(SortedMap<K, V> map, K key, V value) {
    SortedMap<K, V> more = new TreeMap<>(map);
    more.put(key, value);
    return more;
  }
}
