package io.holdfast.client;

import io.holdfast.core.InstanceId;
import io.holdfast.core.balancing.Outcome;
import io.holdfast.core.balancing.TryFailure;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.util.Optional;

/** What a failed try shows of its instance, and how it is told. */
final class Failures {

  private Failures() {}

  /** Of a try that was sent, or was to be, and has ended so. */
  static TryFailure of(Throwable error) {
    boolean unsent =
        error instanceof ConnectException || error instanceof HttpConnectTimeoutException;
    return unsent ? TryFailure.CONNECT : TryFailure.RESET;
  }

  static IOException told(InstanceId instance, TryFailure failure, Throwable error) {
    String words =
        failure == TryFailure.CONNECT ? "was not reachable" : "failed before it answered";
    return new IOException(instance + " " + words + ".", error);
  }

  /** Empty when its end was no surprise: the view had said so. */
  static Optional<Outcome> outcome(TryFailure failure) {
    return switch (failure) {
      case CONNECT -> Optional.of(Outcome.REFUSED);
      case RESET -> Optional.of(Outcome.FAILED);
      case ERROR_RESPONSE -> Optional.of(Outcome.ERRED);
      case TIMEOUT -> Optional.of(Outcome.TIMED_OUT);
      case GONE -> Optional.empty();
    };
  }
}
