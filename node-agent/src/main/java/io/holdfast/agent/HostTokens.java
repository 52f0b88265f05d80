package io.holdfast.agent;

import java.util.Optional;

/**
 * How many restarts this host may still make unasked, over all services.
 *
 * <p>Each budget bounds one service. When everything here fails for one reason, a full disk or a
 * library gone, all budgets together would be a burst of launches that takes the host from what
 * still works; those beyond the burst wait for the supervisor, which sees the whole.
 *
 * @param tokens at most {@link #BURST}
 * @param at when so many were left, on a clock that only goes forward
 */
record HostTokens(double tokens, long at) {

  static final int BURST = 200;

  private static final double PER_SECOND = 20;
  private static final double NANOS_PER_SECOND = 1e9;

  static HostTokens full(long nanoTime) {
    return new HostTokens(BURST, nanoTime);
  }

  /** What is left after one more restart; empty when it has to wait. */
  Optional<HostTokens> take(long nanoTime) {
    double earned = (nanoTime - at) / NANOS_PER_SECOND * PER_SECOND;
    double now = Math.min(BURST, tokens + Math.max(0, earned));
    return now < 1 ? Optional.empty() : Optional.of(new HostTokens(now - 1, nanoTime));
  }
}
