package io.holdfast.core.balancing;

import io.holdfast.core.balancing.Conduct.TrialResult;
import java.time.Duration;

/**
 * Who may make the one request that decides about a return.
 *
 * <p>First only one that can be tried again if it fails; after a while any, since a service may get
 * no other. One that was taken and of which nothing is heard is given out again.
 */
public sealed interface TrialPermit {

  /** Nobody: no trial is on. */
  record None() implements TrialPermit {}

  record Free(long sinceNanos) implements TrialPermit {}

  record Taken(long atNanos) implements TrialPermit {}

  record Decided(boolean won) implements TrialPermit {}

  /** For a request that can be tried again. */
  Duration PATIENCE = Duration.ofSeconds(2);

  /** Whether a request gets it now. */
  default boolean mayTake(boolean repeatable, Duration longest, long nowNanos) {
    return switch (this) {
      case None _, Decided _ -> false;
      case Free(long since) -> repeatable || nowNanos - since > PATIENCE.toNanos();
      case Taken(long at) -> repeatable && nowNanos - at > longest.toNanos();
    };
  }

  default TrialResult result() {
    return switch (this) {
      case None _, Free _, Taken _ -> TrialResult.OPEN;
      case Decided(boolean won) -> won ? TrialResult.WON : TrialResult.LOST;
    };
  }
}
