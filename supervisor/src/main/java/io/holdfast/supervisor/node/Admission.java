package io.holdfast.supervisor.node;

import io.holdfast.core.placement.Candidate;
import java.util.Optional;

/** Whether a node takes instances at all. */
final class Admission {

  private Admission() {}

  /**
   * Why it takes none, as something that is said of it; empty when it does.
   *
   * @param present its agent is connected and not about to end
   */
  static Optional<String> refusal(NodeCondition condition, boolean draining, boolean present) {
    return switch (condition) {
      case LOST -> Optional.of("is lost");
      case SUSPECT -> Optional.of("is suspect, as its agent is not heard");
      case READY ->
          draining
              ? Optional.of(Candidate.IS_DRAINING)
              : present ? Optional.empty() : Optional.of("is about to leave");
    };
  }
}
