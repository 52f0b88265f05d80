package io.holdfast.core.catalog;

import io.holdfast.core.NodeId;
import io.holdfast.core.ServiceName;
import io.holdfast.core.spec.ServiceSpec;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Every service there is, and the last version of every service there was.
 *
 * <p>A deleted service leaves its version behind, so that one created again under its name goes on
 * from there and late news of the old one is recognised.
 *
 * @param nodes every node that has ever joined
 */
public record Catalog(
    SortedMap<ServiceName, Entry> services,
    SortedMap<ServiceName, Long> removed,
    SortedSet<NodeId> nodes) {

  public static final Catalog EMPTY =
      new Catalog(
          Collections.emptySortedMap(), Collections.emptySortedMap(), Collections.emptySortedSet());

  public Catalog {
    services = Collections.unmodifiableSortedMap(new TreeMap<>(services));
    removed = Collections.unmodifiableSortedMap(new TreeMap<>(removed));
    nodes = Collections.unmodifiableSortedSet(new TreeSet<>(nodes));
  }

  /** One service at its version, from 1. */
  public record Entry(long version, ServiceSpec spec) {}

  public Optional<Entry> find(ServiceName name) {
    return Optional.ofNullable(services.get(name));
  }

  /** The version that a change of {@code name} gets. */
  public long nextVersion(ServiceName name) {
    return find(name).map(Entry::version).orElse(removed.getOrDefault(name, 0L)) + 1;
  }

  public Catalog after(CatalogEvent event) {
    return switch (event) {
      case CatalogEvent.ChangesApplied applied -> applied(applied);
      case CatalogEvent.ServiceRemoved gone -> removed(gone);
      case CatalogEvent.NodeRegistered node -> registered(node.node());
    };
  }

  private Catalog applied(CatalogEvent.ChangesApplied event) {
    SortedMap<ServiceName, Entry> next = new TreeMap<>(services);
    SortedMap<ServiceName, Long> gone = new TreeMap<>(removed);
    for (Entry entry : event.entries()) {
      next.put(entry.spec().name(), entry);
      gone.remove(entry.spec().name());
    }
    return new Catalog(next, gone, nodes);
  }

  private Catalog removed(CatalogEvent.ServiceRemoved event) {
    SortedMap<ServiceName, Entry> next = new TreeMap<>(services);
    SortedMap<ServiceName, Long> gone = new TreeMap<>(removed);
    next.remove(event.service());
    gone.put(event.service(), event.version());
    return new Catalog(next, gone, nodes);
  }

  private Catalog registered(NodeId node) {
    SortedSet<NodeId> more = new TreeSet<>(nodes);
    more.add(node);
    return new Catalog(services, removed, more);
  }
}
