package io.holdfast.client;

import io.holdfast.client.view.Course;
import io.holdfast.client.view.FollowedView;
import io.holdfast.client.view.Use;
import io.holdfast.core.InstanceId;
import io.holdfast.core.balancing.Outcome;
import io.holdfast.core.balancing.Retry;
import io.holdfast.core.balancing.TryFailure;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * One instance, for one request or one connection, of any protocol.
 *
 * <p>It counts as running there until it is closed: a rolling restart waits for that, within its
 * bounds. What it shows of the instance is told once, by the first of {@link #answered}, {@link
 * #failed}, {@link #refused} and {@link #timedOut}; when it is closed before that, nothing was
 * seen. A connection that is held for long says {@link #answered} once it is made: until then the
 * instance counts as owing an answer. Whoever forgets to close it is counted until the garbage
 * collector finds it.
 */
public final class Pick implements AutoCloseable {

  private final FollowedView view;
  private final ForgottenPicks forgotten;
  private final Course course;
  private final Use use;
  private final ForgottenPicks.Held held;

  private Pick(FollowedView view, ForgottenPicks forgotten, Course course, Use use) {
    this.view = view;
    this.forgotten = forgotten;
    this.course = course;
    this.use = use;
    this.held = forgotten.hold(this, use);
  }

  static Optional<Pick> first(FollowedView view, ForgottenPicks forgotten, Course course) {
    long now = System.nanoTime();
    return course
        .next(now)
        .map(target -> new Pick(view, forgotten, course, Use.of(view, target, now)));
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return new InetSocketAddress(use.target().endpoint().address(), use.target().endpoint().port());
  }

  public InstanceId instance() {
    return use.instance();
  }

  /** The service's time limit for a whole request, its further tries included. */
  public Duration timeout() {
    return course.service().policy().timeout();
  }

  /** After which it is time to ask {@link #elsewhere}: longer than the service usually takes. */
  public Duration tryLimit() {
    return course.tryLimit();
  }

  /** Whether the instance has left the view, so that no answer is to be expected any more. */
  public boolean isGone() {
    return !view.table().holds(use.instance());
  }

  /** It has answered, just now. */
  public void answered() {
    use.observe(Outcome.ANSWERED);
  }

  /** It has answered, after this time. */
  public void answered(Duration took) {
    use.observe(took, Outcome.ANSWERED);
  }

  /** It has said that it failed, or the connection ended without an answer. */
  public void failed() {
    use.observe(Outcome.FAILED);
  }

  /** It could not be connected to. */
  public void refused() {
    use.observe(Outcome.REFUSED);
  }

  /** It did not answer in time. */
  public void timedOut() {
    use.observe(Outcome.TIMED_OUT);
  }

  /**
   * Closes this one, which has failed, and picks another for the same request, if the service's
   * policy and its retry budget have it tried again and another instance is left. Empty says that
   * the request has failed.
   */
  public Optional<Pick> elsewhere(TryFailure failure) {
    Failures.outcome(failure).ifPresent(use::observe);
    Retry retry = course.after(use.instance(), failure, true, System.nanoTime());
    close();
    return retry == Retry.ELSEWHERE ? first(view, forgotten, course) : Optional.empty();
  }

  /** It runs no longer; the first time counts. */
  @Override
  public void close() {
    forgotten.release(held);
    use.end();
  }

  @Override
  public String toString() {
    return use.target().toString();
  }
}
