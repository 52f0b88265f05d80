package io.holdfast.core.instance;

/** What is waited for at most so long. A passed deadline is an event, so nothing is ever stuck. */
public enum Deadline {
  /** Ready for the first time. */
  START,
  /** Gone after the signal that asks for it. */
  GRACE,
  /** Gone after KILL; passes again and again until it is. */
  KILL,
  /** Found again by an agent that has restarted; passes until it is known alive or dead. */
  ADOPTION
}
