package io.holdfast.supervisor.api;

import io.holdfast.core.catalog.Change;
import io.holdfast.core.catalog.Flaw;
import java.util.List;

/** What became of a set of specifications. */
public sealed interface ApplyOutcome {

  /** All of them hold now; durable. */
  record Applied(List<Change> changes) implements ApplyOutcome {}

  /** None of them was applied: they do not fit together or with what is there. */
  record Refused(List<Flaw> flaws) implements ApplyOutcome {}

  /** The condition on the version did not hold; {@code current} is 0 when there is none. */
  record Stale(long current) implements ApplyOutcome {}

  /** The journal could not take it. */
  record Unavailable(String why) implements ApplyOutcome {}
}
