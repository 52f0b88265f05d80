package io.holdfast.core.supervision;

import java.time.Instant;

/** What is done about the end of an instance. */
public sealed interface Verdict {

  /** It was meant to end, or its end is another's fault: no failure, nothing is counted. */
  record Expected() implements Verdict {}

  /** The restart type says that this end is final. */
  record Final() implements Verdict {}

  /** First rung: launched again at once, on the same node. */
  record RestartAtOnce() implements Verdict {}

  /** Second rung: launched again at {@code until}, on the same node. */
  record BackOff(Instant until) implements Verdict {}

  /** Last rung: given up until {@code until}. */
  record Hold(Instant until) implements Verdict {}

  /** A word for metrics and the record. */
  default String rung() {
    return switch (this) {
      case Expected() -> "expected";
      case Final() -> "final";
      case RestartAtOnce() -> "at-once";
      case BackOff _ -> "backoff";
      case Hold _ -> "held";
    };
  }
}
