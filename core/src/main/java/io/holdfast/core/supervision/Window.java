package io.holdfast.core.supervision;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Restarts in a sliding period, as OTP counts them: what is older than the period has left.
 *
 * @param moments oldest first; never more than the intensity that was asked for
 */
public record Window(List<Instant> moments) {

  public static final Window EMPTY = new Window(List.of());

  public Window {
    moments = List.copyOf(moments);
  }

  /** Those that still count. */
  public int count(Duration period, Instant now) {
    return moments.isEmpty() ? 0 : (int) moments.stream().filter(within(period, now)).count();
  }

  /** With one more, and without those that count no longer. */
  public Window plus(Duration period, Instant at) {
    List<Instant> next = new ArrayList<>(moments.stream().filter(within(period, at)).toList());
    next.add(at);
    return new Window(next);
  }

  private static java.util.function.Predicate<Instant> within(Duration period, Instant now) {
    Instant from = now.minus(period);
    return moment -> moment.isAfter(from);
  }
}
