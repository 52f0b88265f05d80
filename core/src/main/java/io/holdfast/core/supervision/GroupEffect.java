package io.holdfast.core.supervision;

/** What the shell of a group must do, in order. */
public sealed interface GroupEffect {

  /** Make this durable before anything that stands behind it. */
  record Persist(GroupEvent event) implements GroupEffect {}

  record Halt(Child child, long order, String why) implements GroupEffect {}

  record Begin(Child child, long order) implements GroupEffect {}

  record Hold(Child child, String escalation, String clause) implements GroupEffect {}
}
