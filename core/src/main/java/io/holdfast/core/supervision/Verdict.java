package io.holdfast.core.supervision;

import java.time.Instant;

/** What is done about the end of an instance. */
public sealed interface Verdict {

  /** It was meant to end: no failure, nothing is counted. */
  record Expected() implements Verdict {}

  /** The restart type says that this end is final. */
  record Final() implements Verdict {}

  /**
   * A dependency is down, so this end is that one's: launched again when it is back, uncounted.
   *
   * @param dependency that is down; several are joined by commas
   */
  record Await(String dependency) implements Verdict {}

  /** Its host is at fault: launched again where there is a place, uncounted. */
  record Relaunch() implements Verdict {}

  /** Exclusive, and nobody knows whether it has ended: a successor may start at {@code until}. */
  record Fence(Instant until) implements Verdict {}

  /**
   * Its agent has launched the next one already, as it was allowed to.
   *
   * @param epoch of the successor
   * @param counted false when a dependency was down by then, and the agent could not know
   */
  record Delegated(long epoch, boolean counted) implements Verdict {}

  /** First rung: launched again at once, on the same node. */
  record RestartAtOnce() implements Verdict {}

  /** First rung, a little later: too many restarts are going on in the cluster. */
  record Paced(Instant until) implements Verdict {}

  /** Second rung: launched again at {@code until}, on the same node. */
  record BackOff(Instant until) implements Verdict {}

  /** Third rung: launched again on another node. */
  record Move() implements Verdict {}

  /** Fourth rung: its group decides; held when that has not answered at {@code until}. */
  record Escalate(Instant until) implements Verdict {}

  /** Last rung: given up until {@code until}. */
  record Hold(Instant until) implements Verdict {}

  /** A word for metrics and the record. */
  default String rung() {
    return switch (this) {
      case Expected() -> "expected";
      case Final() -> "final";
      case Await _ -> "dependency";
      case Relaunch() -> "relaunch";
      case Fence _ -> "fence";
      case Delegated _, RestartAtOnce(), Paced _ -> "at-once";
      case BackOff _ -> "backoff";
      case Move() -> "move";
      case Escalate _ -> "group";
      case Hold _ -> "held";
    };
  }

  /**
   * True when the slot is to run again by its own budget: then its strategy takes siblings along.
   */
  default boolean restarts() {
    return switch (this) {
      case RestartAtOnce(), Paced _, BackOff _, Move(), Relaunch() -> true;
      case Expected(), Final(), Await _, Fence _, Delegated _, Escalate _, Hold _ -> false;
    };
  }
}
