package io.holdfast.core.placement;

import io.holdfast.core.NodeId;
import java.util.Optional;
import java.util.Set;

/**
 * What speaks for and against nodes, besides the specification.
 *
 * @param near where the slot ran before and may as well run again
 * @param avoid nodes to be taken only when there is no other
 * @param without nodes not to be taken at all
 */
public record Preference(Optional<NodeId> near, Set<NodeId> avoid, Set<NodeId> without) {

  public static final Preference NONE = new Preference(Optional.empty(), Set.of());

  public Preference {
    avoid = Set.copyOf(avoid);
    without = Set.copyOf(without);
  }

  public Preference(Optional<NodeId> near, Set<NodeId> avoid) {
    this(near, avoid, Set.of());
  }
}
