package io.holdfast.agent.probe;

import io.holdfast.agent.process.BeyondMeans;
import java.util.List;

/** What an agent can lack for a check, so that its failure is none of the service. */
final class Shortage {

  /** As the system words them; Java keeps no error numbers. */
  private static final List<String> WORDS =
      List.of(
          "Too many open files",
          "Cannot allocate memory",
          "Resource temporarily unavailable",
          "No buffer space available",
          "Cannot assign requested address");

  private Shortage() {}

  static boolean isBehind(Throwable failure) {
    String message = String.valueOf(failure.getMessage());
    return failure instanceof BeyondMeans || WORDS.stream().anyMatch(message::contains);
  }
}
