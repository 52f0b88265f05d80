package io.holdfast.core.catalog;

import io.holdfast.core.ServiceName;
import io.holdfast.core.spec.Spec;
import java.util.List;
import java.util.Optional;

/** What becomes of one service or group. */
public sealed interface Change {

  enum Kind {
    CREATED,
    UPDATED,
    UNCHANGED
  }

  Kind kind();

  long version();

  Spec spec();

  /** What it was. */
  Optional<? extends Spec> former();

  /**
   * A service.
   *
   * @param before what it was
   * @param dependents services that depend on it, directly or by others, in the order of their
   *     names
   * @param followers those of them that are restarted when it is, by their {@code onRestart}
   */
  record OfService(
      Catalog.Entry entry,
      Kind kind,
      Optional<Catalog.Entry> before,
      List<ServiceName> dependents,
      List<ServiceName> followers)
      implements Change {
    public OfService {
      dependents = List.copyOf(dependents);
      followers = List.copyOf(followers);
    }

    @Override
    public long version() {
      return entry.version();
    }

    @Override
    public Spec spec() {
      return entry.spec();
    }

    @Override
    public Optional<? extends Spec> former() {
      return before.map(Catalog.Entry::spec);
    }

    /** Instances that are replaced because of this change. */
    public int restarts() {
      return before
          .filter(old -> entry.spec().runsDifferently(old.spec()))
          .map(old -> Math.min(old.spec().slots(), entry.spec().slots()))
          .orElse(0);
    }
  }

  /** A group; changing one restarts nothing. */
  record OfGroup(Catalog.GroupEntry entry, Kind kind, Optional<Catalog.GroupEntry> before)
      implements Change {

    @Override
    public long version() {
      return entry.version();
    }

    @Override
    public Spec spec() {
      return entry.spec();
    }

    @Override
    public Optional<? extends Spec> former() {
      return before.map(Catalog.GroupEntry::spec);
    }
  }
}
