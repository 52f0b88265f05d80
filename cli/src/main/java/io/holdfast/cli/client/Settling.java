package io.holdfast.cli.client;

import java.time.Duration;

/**
 * Tells services that are ready from such that are ready for a moment, between two crashes: without
 * a readiness probe a program that ends at once is ready until it ends.
 */
final class Settling {

  private static final Duration QUIET = Duration.ofSeconds(1);

  private long since = System.nanoTime();
  private long restarts = -1;

  /** True when nothing was restarted for a while; asked only while all are ready. */
  boolean isOver(long restartsSoFar) {
    if (restartsSoFar != restarts) {
      restarts = restartsSoFar;
      since = System.nanoTime();
    }
    return System.nanoTime() - since >= QUIET.toNanos();
  }
}
