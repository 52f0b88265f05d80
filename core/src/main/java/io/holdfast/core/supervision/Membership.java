package io.holdfast.core.supervision;

import io.holdfast.core.GroupName;
import java.util.Optional;

/** Whether a child belongs to a group, and what that lets it do. */
public sealed interface Membership {

  /** It belongs to none. */
  record Alone() implements Membership {}

  /** It may run. */
  record Free(GroupName group, long order) implements Membership {}

  /**
   * It may not run until its group says so.
   *
   * @param order of the group that closed it; 0 before the first
   */
  record Halted(GroupName group, long order) implements Membership {}

  default Optional<GroupName> parent() {
    return switch (this) {
      case Alone() -> Optional.empty();
      case Free(var group, _) -> Optional.of(group);
      case Halted(var group, _) -> Optional.of(group);
    };
  }

  default boolean isHalted() {
    return this instanceof Halted;
  }

  /** The latest order that was obeyed; 0 before the first. */
  default long lastOrder() {
    return switch (this) {
      case Alone() -> 0;
      case Free(_, var order) -> order;
      case Halted(_, var order) -> order;
    };
  }

  /** True for an order of the present group that is newer than what was obeyed. */
  default boolean isNews(GroupName group, long order) {
    return parent().equals(Optional.of(group)) && order > lastOrder();
  }
}
