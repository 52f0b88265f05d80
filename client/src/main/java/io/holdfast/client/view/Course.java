package io.holdfast.client.view;

import io.holdfast.core.InstanceId;
import io.holdfast.core.balancing.Retry;
import io.holdfast.core.balancing.Tries;
import io.holdfast.core.balancing.TryFailure;
import io.holdfast.core.balancing.Wanted;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Where one request has been and where it may still go: one try after another until one is
 * answered, or none is left to make. Used by one thread at a time.
 */
public final class Course {

  private final FollowedView view;
  private final RoutedService service;
  private final Wanted wanted;
  private final Set<InstanceId> avoid;
  private Tries tries;
  private int attempts;

  private Course(FollowedView view, RoutedService service, Wanted wanted) {
    this.view = view;
    this.service = service;
    this.wanted = wanted;
    this.avoid = new HashSet<>(wanted.avoid());
    this.tries = Tries.none(wanted.repeatable());
  }

  /**
   * Of a request that begins now.
   *
   * @param wanted where repeatable means that it may be carried out twice
   */
  public static Course begin(
      FollowedView view, RoutedService service, Wanted wanted, long nowNanos) {
    service.requested(nowNanos);
    return new Course(view, service, wanted);
  }

  /** Picks where the next try goes, and counts one more request there. */
  public Optional<Target> next(long nowNanos) {
    Optional<Target> picked = view.acquire(service.name(), wanted(), nowNanos);
    if (picked.isPresent()) {
      attempts++;
    }
    return picked;
  }

  /**
   * What follows a failed try; another one is paid for then.
   *
   * @param replayable whether all that was read of its body can be sent again
   */
  public Retry after(InstanceId tried, TryFailure failure, boolean replayable, long nowNanos) {
    avoid.add(tried);
    Tries known = replayable ? tries : tries.noLongerReplayable();
    Tries next = known.after(failure);
    Retry retry = Retry.after(failure, next, service.policy().retries(), othersLeft(failure));
    if (retry == Retry.NONE || (Retry.costs(failure) && !service.mayRetry(nowNanos))) {
      return Retry.NONE;
    }
    tries = next;
    return retry;
  }

  /**
   * After which the first try may get a second one beside it; empty when there is to be none.
   * Always empty unless the request may be carried out twice.
   */
  public Optional<Duration> hedgeDelay() {
    return tries.safe() && attempts == 1 && service.policy().retries().max() > 0
        ? current().hedgeDelay()
        : Optional.empty();
  }

  /** Picks where a second try beside this one goes, pays for it and counts it there. */
  public Optional<Target> hedge(InstanceId tried, long nowNanos) {
    avoid.add(tried);
    return current().anyWellLeft(avoid) && service.mayRetry(nowNanos)
        ? next(nowNanos)
        : Optional.empty();
  }

  /**
   * Picks where another try goes beside one that takes too long, when none is left that is well: it
   * may be the only one that does not know yet. Pays for it and counts it there.
   */
  public Optional<Target> beside(InstanceId tried, long nowNanos) {
    avoid.add(tried);
    Retry retry =
        Retry.after(
            TryFailure.TIMEOUT,
            tries.after(TryFailure.TIMEOUT),
            service.policy().retries(),
            current().anyLeft(avoid));
    if (retry == Retry.NONE || !service.mayRetry(nowNanos)) {
      return Optional.empty();
    }
    tries = tries.after(TryFailure.TIMEOUT);
    return next(nowNanos);
  }

  /** One of two tries has failed; the other goes on. */
  public void lostOne(InstanceId tried, TryFailure failure) {
    avoid.add(tried);
    tries = tries.after(failure);
  }

  /** After a pause, in which instances that refused may have come up. */
  public void pauseOver() {
    avoid.clear();
    tries = tries.afterPause();
  }

  /** The view has changed during a pause; true when that has brought an instance to ask. */
  public boolean viewChanged() {
    boolean anew = current().anyLeft(avoid);
    if (anew) {
      tries = tries.afterPause();
    }
    return anew;
  }

  /** Whether there are instances at all, all of which have been tried. */
  public boolean hasTriedAll() {
    return current().anyLeft(Set.of());
  }

  /** Whether those that could be asked have as many requests as they can answer in time. */
  public boolean isOverloaded() {
    return current().isOverloaded(avoid);
  }

  public RoutedService service() {
    return service;
  }

  /** After which the present try is given up for another, if there is one that is well. */
  public Duration tryLimit() {
    return current().tryLimit();
  }

  /** Whether it may be carried out twice. */
  public boolean isSafe() {
    return tries.safe();
  }

  /** Tries so far. */
  public int attempts() {
    return attempts;
  }

  private Wanted wanted() {
    boolean repeatable = tries.safe() && attempts == 0 && service.policy().retries().max() > 0;
    return new Wanted(avoid, repeatable, wanted.key());
  }

  /** What is late may still come, so it is given up only for an instance that is well. */
  private boolean othersLeft(TryFailure failure) {
    return failure == TryFailure.TIMEOUT ? current().anyWellLeft(avoid) : current().anyLeft(avoid);
  }

  private RoutedService current() {
    return view.table().service(service.name()).orElse(service);
  }
}
