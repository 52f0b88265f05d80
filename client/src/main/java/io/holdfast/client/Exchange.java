package io.holdfast.client;

import io.holdfast.client.view.Course;
import io.holdfast.client.view.HttpRules;
import io.holdfast.client.view.RouteTable;
import io.holdfast.client.view.RunningTries;
import io.holdfast.client.view.Target;
import io.holdfast.client.view.Use;
import io.holdfast.core.InstanceId;
import io.holdfast.core.balancing.Outcome;
import io.holdfast.core.balancing.Retry;
import io.holdfast.core.balancing.TryFailure;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;

/**
 * One request from its beginning to its answer: one try after another until one is answered, none
 * is left to make, or its time is over. Threads take turns with it; none waits for anything while
 * it is at it.
 */
final class Exchange<T> implements Ongoing.Listener {

  /** Whoever waits for an answer must not hold up the thread that follows the view. */
  private static final Executor TELLING = Thread.ofVirtual().name("holdfast-answer-", 0)::start;

  private final LoadBalancer balancer;
  private final HttpClient http;
  private final ForwardedRequest request;
  private final BodyHandler<T> handler;
  private final Course course;
  private final TimeLeft time;
  private final CompletableFuture<HttpResponse<T>> result = new CompletableFuture<>();
  private final RunningTries<Try<T>> running = new RunningTries<>();
  private final Pause pause;
  private Optional<Future<?>> deadline = Optional.empty();
  private boolean over;

  private Exchange(
      LoadBalancer balancer,
      HttpClient http,
      HttpRequest request,
      BodyHandler<T> handler,
      Course course) {
    this.balancer = balancer;
    this.http = http;
    this.handler = handler;
    this.course = course;
    this.time = TimeLeft.of(request, course.service().policy().timeout(), System.nanoTime());
    this.pause = new Pause(balancer.thread(), balancer.waitingRoom(), time);
    this.request = ForwardedRequest.of(request, time);
  }

  static <T> Exchange<T> of(
      LoadBalancer balancer,
      HttpClient http,
      HttpRequest request,
      BodyHandler<T> handler,
      Course course) {
    return new Exchange<>(balancer, http, request, handler, course);
  }

  /** Its end is noticed however it comes, also by a caller who cancels it. */
  @SuppressWarnings("FutureReturnValueIgnored")
  CompletableFuture<HttpResponse<T>> start() {
    result.whenComplete((_, _) -> finish());
    begin();
    return result;
  }

  private synchronized void begin() {
    if (balancer.ongoing().begin(this)) {
      watchTime();
      next();
    } else {
      closed();
    }
  }

  /** The head of an answer; what takes its body. */
  BodySubscriber<T> head(Try<T> one, ResponseInfo info) {
    return isPassedOn(one, info.statusCode())
        ? CountedBody.of(handler.apply(info), one.use())
        : new DroppedBody<>();
  }

  private synchronized boolean isPassedOn(Try<T> one, int status) {
    if (one.hasEnded()) {
      return false;
    }
    one.use().observe(HttpRules.isFailure(status) ? Outcome.ERRED : Outcome.ANSWERED);
    if (HttpRules.isWorthAnother(status) && retry(one, TryFailure.ERROR_RESPONSE)) {
      return false;
    }
    one.answers();
    running.wonBy(one);
    stopWaiting();
    return true;
  }

  /** The whole answer, or the stream in which the rest of it comes. */
  void answered(Try<T> one, HttpResponse<T> response) {
    result.complete(BalancedResponse.of(response, one.use().instance(), course.attempts()));
  }

  /** The try has ended by itself, and not well. */
  void broken(Try<T> one, Throwable error) {
    if (isFinal(one, error)) {
      result.completeExceptionally(error);
    }
  }

  /** Whether the caller gets this very failure. */
  private synchronized boolean isFinal(Try<T> one, Throwable error) {
    if (one.hasEnded()) {
      return false;
    }
    if (one.isAnswering() || !(error instanceof IOException) || request.body().isBroken()) {
      // No fault of the instance, or none that another could make good.
      return true;
    }
    TryFailure failure = Failures.of(error);
    Failures.outcome(failure).ifPresent(one.use()::observe);
    if (!retry(one, failure)) {
      give(Failures.told(one.use().instance(), failure, error));
    }
    return false;
  }

  /**
   * The try was as long as it may be. It is given up for another instance that is well; beside it
   * one is asked that is not, if that is all there is.
   */
  synchronized void tooLong(Try<T> one) {
    if (mayRunTwice(one) && !retry(one, TryFailure.TIMEOUT) && request.body().isReadAtWill()) {
      long now = System.nanoTime();
      course
          .beside(one.use().instance(), now)
          .ifPresent(
              target -> {
                one.use().observe(Outcome.TIMED_OUT);
                beside(target, now);
              });
    }
  }

  private boolean mayRunTwice(Try<T> one) {
    return !over && !one.hasEnded() && !one.isAnswering();
  }

  private void beside(Target target, long now) {
    Try<T> second = new Try<>(this, Use.of(balancer.view(), target, now));
    running.beginBeside(second);
    start(second);
  }

  @Override
  public synchronized void viewChanged(RouteTable table) {
    if (over) {
      return;
    }
    if (pause.isOn() && course.viewChanged()) {
      pause.end();
      next();
    }
    running.all().stream()
        .filter(one -> !one.isAnswering() && !table.holds(one.use().instance()))
        .forEach(one -> retry(one, TryFailure.GONE));
  }

  @Override
  public synchronized void closed() {
    if (!isAnswering()) {
      give(new IOException("The load balancer is closed."));
    }
  }

  private void next() {
    long now = System.nanoTime();
    Optional<Target> picked = course.next(now);
    if (picked.isPresent()) {
      tryOn(Use.of(balancer.view(), picked.get(), now));
    } else if (course.isOverloaded()) {
      give(NoInstanceException.overloaded(course.service()));
    } else {
      pauseFor(course.hasTriedAll() ? connectTimeout() : TimeLeft.LONGEST_PAUSE);
    }
  }

  private void tryOn(Use use) {
    Try<T> one = new Try<>(this, use);
    running.begin(one);
    start(one);
    course
        .hedgeDelay()
        .ifPresent(delay -> running.hedge(balancer.thread().after(delay, () -> hedge(one))));
  }

  private void start(Try<T> one) {
    one.start(
        http,
        request.to(one.use().target().endpoint(), time.left(System.nanoTime())),
        balancer.thread(),
        course.tryLimit());
  }

  /** The first try takes long: another one beside it, if its body can be had twice at once. */
  private synchronized void hedge(Try<T> slow) {
    if (mayRunTwice(slow) && request.body().isReadAtWill()) {
      long now = System.nanoTime();
      course.hedge(slow.use().instance(), now).ifPresent(target -> beside(target, now));
    }
  }

  /** Another try after this failure; false when there is none, and this one goes on. */
  private boolean retry(Try<T> one, TryFailure failure) {
    InstanceId tried = one.use().instance();
    if (running.hasOther(one)) {
      course.lostOne(tried, failure);
      end(one, failure);
      return true;
    }
    Retry retry = course.after(tried, failure, request.body().isReplayable(), System.nanoTime());
    if (retry == Retry.NONE) {
      return false;
    }
    end(one, failure);
    if (retry == Retry.ELSEWHERE) {
      next();
    } else {
      pauseFor(connectTimeout());
    }
    return true;
  }

  private void end(Try<T> one, TryFailure failure) {
    running.lost(one);
    if (failure == TryFailure.TIMEOUT) {
      one.abandonAsTooSlow();
    } else {
      one.abandon();
    }
  }

  private void pauseFor(Duration atMost) {
    switch (pause.begin(atMost, this::pauseOver)) {
      case WAITING -> {}
      case TOO_LATE -> give(NoInstanceException.of(course.service()));
      case ROOM_FULL -> give(NoInstanceException.crowded(course.service()));
    }
  }

  private synchronized void pauseOver() {
    if (!over && pause.isOn()) {
      pause.end();
      course.pauseOver();
      next();
    }
  }

  private void watchTime() {
    deadline = Optional.of(balancer.thread().after(time.left(System.nanoTime()), this::outOfTime));
  }

  private synchronized void outOfTime() {
    if (over || isAnswering()) {
      return;
    }
    if (time.left(System.nanoTime()).isPositive()) {
      watchTime();
    } else if (pause.isOn()) {
      give(NoInstanceException.of(course.service()));
    } else {
      running.abandonAsTooSlow();
      give(new HttpTimeoutException(course.service().name() + " did not answer in time."));
    }
  }

  private boolean isAnswering() {
    return running.current().filter(Try::isAnswering).isPresent();
  }

  /** The caller gets an answer of our own. */
  private void give(IOException problem) {
    if (!over) {
      end();
      TELLING.execute(() -> result.completeExceptionally(problem));
    }
  }

  /** The caller has an answer, whose body may still come, or has none or wants none. */
  private synchronized void finish() {
    if (!over && result.isCompletedExceptionally()) {
      end();
    }
  }

  private void end() {
    over = true;
    running.abandon();
    stopWaiting();
  }

  private void stopWaiting() {
    balancer.ongoing().end(this);
    deadline.ifPresent(timer -> timer.cancel(false));
    pause.end();
  }

  private Duration connectTimeout() {
    return course.service().policy().connectTimeout();
  }
}
