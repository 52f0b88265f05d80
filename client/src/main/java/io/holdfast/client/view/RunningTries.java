package io.holdfast.client.view;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * The tries of one request that run: none, one, or one with another beside it. Used by one thread
 * at a time.
 */
public final class RunningTries<T extends RunningTries.One> {

  /** One try, which can be ended from outside; nothing happens when it has ended already. */
  public interface One {

    void abandon();

    /** And remembers that its instance takes at least so long. */
    void abandonAsSlower();

    /** And remembers that its instance did not answer in time. */
    void abandonAsTooSlow();
  }

  private Optional<T> current = Optional.empty();
  private Optional<T> beside = Optional.empty();
  private Optional<Future<?>> hedge = Optional.empty();

  /** The one that the rest of the body goes to; when there are two, it has gone out. */
  public Optional<T> current() {
    return current;
  }

  public List<T> all() {
    return Stream.concat(current.stream(), beside.stream()).toList();
  }

  public void begin(T one) {
    current = Optional.of(one);
  }

  /** What begins another beside it, unless it is answered or over before. */
  public void hedge(Future<?> timer) {
    hedge = Optional.of(timer);
  }

  public void beginBeside(T one) {
    beside = Optional.of(one);
  }

  public boolean hasOther(T one) {
    return other(one).isPresent();
  }

  /** One has failed; the other goes on, if there is one. */
  public void lost(T one) {
    stopHedge();
    current = other(one);
    beside = Optional.empty();
  }

  /** One is answered, which ends the other. */
  public void wonBy(T one) {
    stopHedge();
    if (beside.filter(one::equals).isPresent()) {
      // It has been slow for at least so long; of one that began later nothing is known.
      current.ifPresent(One::abandonAsSlower);
    } else {
      beside.ifPresent(One::abandon);
    }
    current = Optional.of(one);
    beside = Optional.empty();
  }

  public void abandonAsTooSlow() {
    current.ifPresent(One::abandonAsTooSlow);
    beside.ifPresent(One::abandonAsTooSlow);
    abandon();
  }

  public void abandon() {
    stopHedge();
    current.ifPresent(One::abandon);
    beside.ifPresent(One::abandon);
    current = Optional.empty();
    beside = Optional.empty();
  }

  private Optional<T> other(T one) {
    return beside.filter(one::equals).isPresent() ? current : beside;
  }

  private void stopHedge() {
    hedge.ifPresent(timer -> timer.cancel(false));
    hedge = Optional.empty();
  }
}
