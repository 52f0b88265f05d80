package io.holdfast.core.supervision;

import io.holdfast.core.GroupName;
import io.holdfast.core.spec.GroupSpec;
import java.time.Instant;
import java.util.List;

/** What has happened to a group. Recorded; later releases can always read it. */
public sealed interface GroupEvent {

  Instant at();

  /** The catalogue's specification was taken over. */
  record SpecAccepted(long version, GroupSpec spec, List<Child> children, Instant at)
      implements GroupEvent {
    public SpecAccepted {
      children = List.copyOf(children);
    }
  }

  /** The group is gone; its children go on without it. */
  record Removed(long version, Instant at) implements GroupEvent {}

  /** It belongs to this group now. */
  record GroupJoined(GroupName group, Instant at) implements GroupEvent {}

  record GroupLeft(Instant at) implements GroupEvent {}

  /** A child can do no more, and it is restarted, with others as the strategy says. */
  record ChildFailed(Child child, Escalation escalation, String clause, Instant at)
      implements GroupEvent {}

  /** A child can do no more, and neither can this group: the parent is asked. */
  record Escalated(Child child, Escalation escalation, String clause, Instant at)
      implements GroupEvent {}

  /** A child can do no more, and nobody can: it is to be held. */
  record ChildGivenUp(Child child, Escalation escalation, String clause, Instant at)
      implements GroupEvent {}

  /** The group's own escalation has no object any more. */
  record EscalationExpired(Instant at) implements GroupEvent {}

  /**
   * Children go down and come up.
   *
   * @param toHalt in the order in which they go down
   * @param toBegin in the order in which they come up
   */
  record CascadeBegan(long order, String why, List<Child> toHalt, List<Child> toBegin, Instant at)
      implements GroupEvent {
    public CascadeBegan {
      toHalt = List.copyOf(toHalt);
      toBegin = List.copyOf(toBegin);
    }
  }

  /** The present child of the cascade is down, or up. */
  record CascadeStepped(long order, Child child, Instant at) implements GroupEvent {}

  /** The present child of the cascade took too long; the next one's turn has come all the same. */
  record CascadeStepSkipped(long order, Child child, Instant at) implements GroupEvent {}

  record CascadeEnded(long order, Instant at) implements GroupEvent {}

  /** Its own group ends all its children, to begin it afresh: its budget is full again. */
  record Halted(GroupName group, long order, String why, Instant at) implements GroupEvent {}

  /** Its own group lets it run. */
  record Begun(GroupName group, long order, Instant at) implements GroupEvent {}
}
