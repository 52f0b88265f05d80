package io.holdfast.balancer.gateway;

import java.util.Optional;
import java.util.concurrent.Future;

/** The tries of one request that run: none, one, or one with another beside it. */
final class RunningAttempts {

  private Optional<Attempt> current = Optional.empty();
  private Optional<Attempt> beside = Optional.empty();
  private Optional<Future<?>> hedge = Optional.empty();

  /** The one that the rest of the body goes to; when there are two, it has gone out. */
  Optional<Attempt> current() {
    return current;
  }

  void begin(Attempt attempt) {
    current = Optional.of(attempt);
  }

  /** What begins another beside it, unless it is answered or over before. */
  void hedge(Future<?> timer) {
    hedge = Optional.of(timer);
  }

  void beginBeside(Attempt attempt) {
    beside = Optional.of(attempt);
  }

  boolean hasOther(Attempt attempt) {
    return other(attempt).isPresent();
  }

  /** One has failed; the other goes on, if there is one. */
  void lost(Attempt attempt) {
    stopHedge();
    current = other(attempt);
    beside = Optional.empty();
  }

  /** One is answered, which ends the other. */
  void wonBy(Attempt attempt) {
    stopHedge();
    if (beside.filter(attempt::equals).isPresent()) {
      // It has been slow for at least so long; of one that began later nothing is known.
      current.ifPresent(Attempt::abandonAsSlower);
    } else {
      beside.ifPresent(Attempt::abandon);
    }
    current = Optional.of(attempt);
    beside = Optional.empty();
  }

  void abandonAsTooSlow() {
    current.ifPresent(Attempt::abandonAsTooSlow);
    beside.ifPresent(Attempt::abandonAsTooSlow);
    abandon();
  }

  void abandon() {
    stopHedge();
    current.ifPresent(Attempt::abandon);
    beside.ifPresent(Attempt::abandon);
    current = Optional.empty();
    beside = Optional.empty();
  }

  private Optional<Attempt> other(Attempt attempt) {
    return beside.filter(attempt::equals).isPresent() ? current : beside;
  }

  private void stopHedge() {
    hedge.ifPresent(timer -> timer.cancel(false));
    hedge = Optional.empty();
  }
}
