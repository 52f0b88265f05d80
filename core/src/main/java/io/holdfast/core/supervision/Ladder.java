package io.holdfast.core.supervision;

import io.holdfast.core.spec.HoldPolicy;
import io.holdfast.core.spec.RestartPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * How far a service's failures on one node have driven it up.
 *
 * <p>Within the intensity a restart follows at once. Above it come as many restarts with growing
 * waits, then the hold. Failures older than the period leave the window, as in OTP; {@code
 * backoff.reset} of health ends waits and hold, but empties no window that is longer: no period
 * ever sees more restarts at once than the intensity.
 *
 * @param failures moments of the restarts that followed at once, oldest first, within the period
 * @param backoffs waits since the window was full
 * @param held the last failure led to the hold
 * @param since health counts from here: the moment of the last restart, in the future while waiting
 */
record Ladder(List<Instant> failures, int backoffs, boolean held, Instant since) {

  static final Ladder BOTTOM = new Ladder(List.of(), 0, false, Instant.EPOCH);

  Ladder {
    failures = List.copyOf(failures);
  }

  /**
   * What a failure now leads to.
   *
   * @param random in [0, 1), for the jitter
   */
  Verdict judge(RestartPolicy policy, HoldPolicy hold, double random, Instant now) {
    Ladder current = current(policy, now);
    if (current.isWithin(policy)) {
      return new Verdict.RestartAtOnce();
    }
    if (!current.held && current.backoffs < policy.intensity()) {
      Duration wait = policy.backoff().delay(current.backoffs + 1, random);
      return new Verdict.BackOff(now.plus(wait));
    }
    return new Verdict.Hold(now.plus(hold.retry()));
  }

  /** The ladder after a failure that was answered with {@code verdict}. */
  Ladder after(Verdict verdict, RestartPolicy policy, Instant at) {
    Ladder current = current(policy, at);
    return switch (verdict) {
      case Verdict.Expected(), Verdict.Final() -> this;
      case Verdict.RestartAtOnce() -> new Ladder(current.plus(at), 0, false, at);
      case Verdict.BackOff(var until) ->
          new Ladder(current.failures, current.backoffs + 1, false, until);
      case Verdict.Hold(var until) -> new Ladder(current.failures, current.backoffs, true, until);
    };
  }

  private Ladder current(RestartPolicy policy, Instant now) {
    Instant from = now.minus(policy.period());
    List<Instant> recent = failures.stream().filter(failure -> failure.isAfter(from)).toList();
    return since.plus(policy.backoff().reset()).isAfter(now)
        ? new Ladder(recent, backoffs, held, since)
        : new Ladder(recent, 0, false, since);
  }

  private boolean isWithin(RestartPolicy policy) {
    return !held && backoffs == 0 && failures.size() < policy.intensity();
  }

  private List<Instant> plus(Instant at) {
    List<Instant> more = new ArrayList<>(failures);
    more.add(at);
    return more;
  }
}
