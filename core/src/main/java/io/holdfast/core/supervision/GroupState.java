package io.holdfast.core.supervision;

import io.holdfast.core.spec.GroupSpec;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Everything that is known of one group. Changes by {@link #after} alone. */
public sealed interface GroupState {

  /** Nobody has ever asked for it. */
  record Blank() implements GroupState {}

  /**
   * It is wanted.
   *
   * @param children in the order in which they start
   * @param restarts of children within the period
   * @param cascade under way
   * @param lastOrder given to children; 0 before the first
   * @param answers to the latest escalation of each child, by its name
   * @param membership in a group of its own
   * @param escalation asked of that group and not answered yet
   */
  record Active(
      long version,
      GroupSpec spec,
      List<Child> children,
      Window restarts,
      Optional<Cascade> cascade,
      long lastOrder,
      SortedMap<String, Answer> answers,
      Membership membership,
      Optional<Escalation> escalation)
      implements GroupState {

    public Active {
      children = List.copyOf(children);
      answers = Collections.unmodifiableSortedMap(new TreeMap<>(answers));
    }
  }

  /** It is not wanted any more; {@code lastOrder} is kept, so that orders never repeat. */
  record Gone(long version, long lastOrder) implements GroupState {}

  /** What was done about an escalation. */
  sealed interface Answer {

    String id();

    /** The child is restarted. */
    record Restarted(String id) implements Answer {}

    /** The parent was asked. */
    record PassedOn(String id) implements Answer {}

    /** The child is to be held. */
    record GivenUp(String id, String clause) implements Answer {}
  }

  /** The state once {@code event} has happened. */
  default GroupState after(GroupEvent event) {
    return GroupEvolution.after(this, event);
  }
}
