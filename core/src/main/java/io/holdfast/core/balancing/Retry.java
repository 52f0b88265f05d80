package io.holdfast.core.balancing;

import io.holdfast.core.spec.RetryOn;
import io.holdfast.core.spec.RetryPolicy;

/** What follows a failed try. */
public enum Retry {
  /** Another try on another instance, at once. */
  ELSEWHERE,
  /** Another try after the view has changed, or after a short while. */
  AFTER_PAUSE,
  /** The client gets the failure. */
  NONE;

  /**
   * Decides after a failure that {@code tries} already counts.
   *
   * <p>What was never sent harms nobody: it is tried until its time is over, in rounds of at most
   * {@code max + 1}, any method. All else needs a request that may be carried out twice and is
   * bounded by {@code max}. An answer, even a bad one, is worth more than no answer: it is given up
   * only for another instance.
   */
  public static Retry after(
      TryFailure failure, Tries tries, RetryPolicy policy, boolean othersLeft) {
    if (policy.max() == 0 || !policy.on().contains(cause(failure)) || !tries.replayable()) {
      return NONE;
    }
    return switch (failure) {
      case CONNECT -> othersLeft && tries.refused() <= policy.max() ? ELSEWHERE : AFTER_PAUSE;
      case RESET, GONE -> {
        if (!tries.safe() || tries.sent() > policy.max()) {
          yield NONE;
        }
        yield othersLeft ? ELSEWHERE : AFTER_PAUSE;
      }
      case TIMEOUT, ERROR_RESPONSE ->
          tries.safe() && tries.sent() <= policy.max() && othersLeft ? ELSEWHERE : NONE;
    };
  }

  private static RetryOn cause(TryFailure failure) {
    return switch (failure) {
      case CONNECT -> RetryOn.CONNECT;
      case RESET, GONE -> RetryOn.RESET;
      case TIMEOUT -> RetryOn.TIMEOUT;
      case ERROR_RESPONSE -> RetryOn.ERROR_RESPONSE;
    };
  }

  /**
   * Whether the retry is paid for. A connection that was refused cost the service nothing, and an
   * endpoint that is known to be dead is no sign of overload.
   */
  public static boolean costs(TryFailure failure) {
    return switch (failure) {
      case CONNECT, GONE -> false;
      case RESET, TIMEOUT, ERROR_RESPONSE -> true;
    };
  }
}
