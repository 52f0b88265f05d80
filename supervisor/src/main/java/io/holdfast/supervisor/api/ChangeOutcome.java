package io.holdfast.supervisor.api;

/** What became of a request to change something that exists. */
public sealed interface ChangeOutcome {

  /** Recorded; it will happen. */
  record Accepted() implements ChangeOutcome {}

  /** There is no such service, slot or node; {@code what} is a sentence. */
  record Unknown(String what) implements ChangeOutcome {}

  /** It must not happen now; {@code why} is a sentence. */
  record Conflict(String why) implements ChangeOutcome {}

  /** The value itself is not possible; {@code why} is a sentence. */
  record Invalid(String why) implements ChangeOutcome {}

  /** The journal could not take it. */
  record Unavailable(String why) implements ChangeOutcome {}
}
