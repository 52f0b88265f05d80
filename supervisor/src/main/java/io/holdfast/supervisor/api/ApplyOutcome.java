package io.holdfast.supervisor.api;

import io.holdfast.core.ServiceName;
import java.util.List;

/** What became of a set of specifications. */
public sealed interface ApplyOutcome {

  /** All of them hold now; durable. */
  record Applied(List<Change> changes) implements ApplyOutcome {}

  /** None of them was applied: they do not fit together or with what is there. */
  record Refused(List<Fault> faults) implements ApplyOutcome {}

  /** The condition on the version did not hold; {@code current} is 0 when there is no service. */
  record Stale(long current) implements ApplyOutcome {}

  /** The journal could not take it. */
  record Unavailable(String why) implements ApplyOutcome {}

  /**
   * What happened to one service.
   *
   * @param restarts instances that are replaced because of it
   */
  record Change(ServiceName service, long version, Kind kind, int restarts) {}

  /**
   * One reason for refusing.
   *
   * @param path within the document, such as {@code dependsOn[0].service}
   */
  record Fault(ServiceName service, String path, String detail) {}

  enum Kind {
    CREATED,
    UPDATED,
    UNCHANGED
  }
}
