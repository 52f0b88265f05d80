package io.holdfast.core.balancing;

/**
 * What one request has behind it.
 *
 * @param safe whether it may be carried out twice: idempotent by its method or by its key
 * @param replayable whether all that was read of its body is still held
 * @param sent tries of which the endpoint may have seen something
 * @param refused tries without a connection since the last pause
 */
public record Tries(boolean safe, boolean replayable, int sent, int refused) {

  public static Tries none(boolean safe) {
    return new Tries(safe, true, 0, 0);
  }

  public Tries noLongerReplayable() {
    return new Tries(safe, false, sent, refused);
  }

  /** After a pause, in which instances that refused may have come up. */
  public Tries afterPause() {
    return new Tries(safe, replayable, sent, 0);
  }

  public Tries after(TryFailure failure) {
    return switch (failure) {
      case CONNECT -> new Tries(safe, replayable, sent, refused + 1);
      case RESET, GONE, TIMEOUT, ERROR_RESPONSE -> new Tries(safe, replayable, sent + 1, refused);
    };
  }
}
