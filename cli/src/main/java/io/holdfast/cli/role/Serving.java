package io.holdfast.cli.role;

import io.holdfast.core.CannotStart;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits until a role serves. */
final class Serving {

  private Serving() {}

  /**
   * Returns when {@code ready} completes; {@code otherwise} is the sentence for when it does not.
   */
  static void await(CompletionStage<Void> ready, Duration atMost, String otherwise)
      throws CannotStart, InterruptedException {
    try {
      ready.toCompletableFuture().get(atMost.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new CannotStart(otherwise, e);
    }
  }

  /** Returns true when {@code ready} completes, false when the end is asked for before. */
  static boolean await(CompletionStage<Void> ready, Termination termination)
      throws InterruptedException {
    while (!termination.await(Duration.ofMillis(20))) {
      if (ready.toCompletableFuture().isDone()) {
        return !ready.toCompletableFuture().isCompletedExceptionally();
      }
    }
    return false;
  }
}
