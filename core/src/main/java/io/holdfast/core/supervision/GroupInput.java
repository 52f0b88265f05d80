package io.holdfast.core.supervision;

import io.holdfast.core.GroupName;
import io.holdfast.core.spec.GroupSpec;
import java.util.List;
import java.util.Optional;

/** What a group is told. Anything may come late or twice. */
public sealed interface GroupInput {

  /** The catalogue holds this version, these children and this parent. */
  record Ensured(long version, GroupSpec spec, List<Child> children, Optional<GroupName> parent)
      implements GroupInput {
    public Ensured {
      children = List.copyOf(children);
    }
  }

  /** The catalogue has deleted the group, with this version. */
  record Removed(long version) implements GroupInput {}

  /** How a child stands. */
  record Reported(Child child, ChildReport report) implements GroupInput {}

  /** Its own group wants all children to end. */
  record HaltOrdered(GroupName group, long order, String why) implements GroupInput {}

  /** Its own group lets it run. */
  record BeginOrdered(GroupName group, long order) implements GroupInput {}

  /** Its own group can do no more about the escalation. */
  record HoldOrdered(GroupName group, String escalation, String clause) implements GroupInput {}

  record Ticked() implements GroupInput {}
}
