package io.holdfast.core.catalog;

import io.holdfast.core.GroupName;
import io.holdfast.core.NodeId;
import io.holdfast.core.ServiceName;
import java.time.Instant;
import java.util.List;

/** What has happened to the catalogue. Recorded; later releases can always read it. */
public sealed interface CatalogEvent {

  Instant at();

  /** A change set took effect, as a whole. Holds only what really changed. */
  record ChangesApplied(List<Catalog.Entry> entries, List<Catalog.GroupEntry> groups, Instant at)
      implements CatalogEvent {
    public ChangesApplied {
      entries = List.copyOf(entries);
      groups = List.copyOf(groups);
    }
  }

  /**
   * A service went back to what it ran before.
   *
   * @param from the version that is not wanted any more
   */
  record WentBack(Catalog.Entry entry, long from, String why, Instant at) implements CatalogEvent {}

  /**
   * A service was deleted.
   *
   * @param version of the deletion; higher than any version the service had
   */
  record ServiceRemoved(ServiceName service, long version, Instant at) implements CatalogEvent {}

  /**
   * A group was deleted; its children go on without it.
   *
   * @param version of the deletion; higher than any version the group had
   */
  record GroupRemoved(GroupName group, long version, Instant at) implements CatalogEvent {}

  /**
   * The journal was restored from a backup, and nothing is certain of what came after that. Every
   * version rises, so that none that was told meanwhile is told again for something else.
   *
   * @param versions by so much each version rises
   * @param epochs by so much the epoch of each service rises
   */
  record Restored(long versions, long epochs, Instant at) implements CatalogEvent {}

  /** A node joined for the first time. */
  record NodeRegistered(NodeId node, Instant at) implements CatalogEvent {}
}
