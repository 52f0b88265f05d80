package io.holdfast.client;

import io.holdfast.core.balancing.Outcome;
import io.holdfast.core.balancing.TryFailure;
import java.util.Optional;

/** What a failed try shows of its instance. */
final class Failures {

  private Failures() {}

  /** Empty when its end was no surprise: the view had said so. */
  static Optional<Outcome> outcome(TryFailure failure) {
    return switch (failure) {
      case CONNECT -> Optional.of(Outcome.REFUSED);
      case RESET, ERROR_RESPONSE -> Optional.of(Outcome.FAILED);
      case TIMEOUT -> Optional.of(Outcome.TIMED_OUT);
      case GONE -> Optional.empty();
    };
  }
}
