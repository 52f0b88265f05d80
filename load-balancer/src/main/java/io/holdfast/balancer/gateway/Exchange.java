package io.holdfast.balancer.gateway;

import io.holdfast.client.view.CarriedTime;
import io.holdfast.client.view.Course;
import io.holdfast.client.view.RoutedService;
import io.holdfast.client.view.RunningTries;
import io.holdfast.client.view.Target;
import io.holdfast.core.InstanceId;
import io.holdfast.core.balancing.Retry;
import io.holdfast.core.balancing.TryFailure;
import io.holdfast.core.balancing.Wanted;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.LastHttpContent;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * One request from its head to the end of its answer: one try after another until one is answered,
 * none is left to make, or its time is over.
 */
final class Exchange {

  private final Lane lane;
  private final Client client;
  private final RoutedService service;
  private final HttpRequest request;
  private final HttpRequest head;
  private final RequestBody body = new RequestBody();
  private final Course course;
  private final Deadline deadline;
  private final Pause pause;
  private final long startedNanos = System.nanoTime();
  private int answered;
  private final RunningTries<Attempt> running = new RunningTries<>();
  private boolean over;

  Exchange(
      Lane lane,
      Client client,
      Admission.Admitted admitted,
      HttpRequest request,
      HttpRequest head) {
    this.lane = lane;
    this.client = client;
    this.service = admitted.service();
    this.request = request;
    this.head = head;
    this.course =
        Course.begin(
            lane.view(),
            service,
            new Wanted(Set.of(), ForwardedRequest.isIdempotent(request), client.key()),
            startedNanos);
    Duration limit =
        CarriedTime.of(request.headers().get(CarriedTime.HEADER, ""), service.policy().timeout());
    this.deadline = new Deadline(lane, limit, this::outOfTime);
    this.pause = new Pause(lane, this, limit);
  }

  void start() {
    deadline.start();
    next();
    pull();
  }

  /** As it is sent now. */
  HttpRequest head() {
    head.headers().set(CarriedTime.HEADER, CarriedTime.text(deadline.left()));
    return head;
  }

  RequestBody body() {
    return body;
  }

  /** Asks for more of the body, if there is somewhere to put it. */
  void pull() {
    boolean sending = running.current().filter(Attempt::isSending).isPresent();
    boolean room = sending ? running.current().orElseThrow().takesMore() : body.hasRoom();
    if (!over && !body.isComplete() && room) {
      client.want();
    }
  }

  void bodyPart(HttpContent part) {
    if (over) {
      part.release();
    } else if (part.decoderResult().isFailure()) {
      part.release();
      give(new Problem(HttpResponseStatus.BAD_REQUEST, "The body of the request is malformed."));
    } else {
      body.add(part);
      deadline.restart();
      running.current().filter(Attempt::isSending).ifPresent(attempt -> attempt.send(body));
      pull();
    }
  }

  /** The view has changed while this one waits. */
  void viewChanged() {
    if (course.viewChanged()) {
      pause.end();
      next();
    }
  }

  /** The pause was as long as it may be. */
  void pauseOver() {
    if (pause.hasTimeLeft()) {
      course.pauseOver();
      next();
    } else {
      give(Problem.noInstance(service.name()));
    }
  }

  /** Another try after this failure; false when there is none and the attempt goes on. */
  boolean retry(Attempt attempt, TryFailure failure) {
    InstanceId tried = attempt.target().instance();
    if (running.hasOther(attempt)) {
      course.lostOne(tried, failure);
      end(attempt, failure);
      return true;
    }
    Retry retry = course.after(tried, failure, body.isReplayable(), System.nanoTime());
    if (retry == Retry.NONE) {
      return false;
    }
    end(attempt, failure);
    lane.metrics().retried(service.name().value(), failure);
    if (retry == Retry.ELSEWHERE) {
      next();
    } else {
      pauseFor(service.policy().connectTimeout());
    }
    return true;
  }

  /**
   * The try was as long as it may be. It is given up for another instance that is well; beside it
   * one is asked that is not, if that is all there is.
   */
  void tooLong(Attempt attempt) {
    if (!retry(attempt, TryFailure.TIMEOUT) && mayRunTwice()) {
      course
          .beside(attempt.target().instance(), System.nanoTime())
          .ifPresent(
              target -> {
                attempt.isLate();
                lane.metrics().retried(service.name().value(), TryFailure.TIMEOUT);
                beside(target);
              });
    }
  }

  private void end(Attempt attempt, TryFailure failure) {
    running.lost(attempt);
    if (failure == TryFailure.TIMEOUT) {
      attempt.abandonAsTooSlow();
    } else {
      attempt.abandon();
    }
  }

  /** The attempt has failed: another try, or else the client gets to know. */
  void failed(Attempt attempt, TryFailure failure) {
    if (!retry(attempt, failure)) {
      running.abandon();
      give(Problem.after(failure, service.name()));
    }
  }

  /** An instance answers. */
  void answer(Attempt attempt, HttpResponse response) {
    deadline.stop();
    running.wonBy(attempt);
    answered = response.status().code();
    String instance = attempt.target().instance().toString();
    HttpResponse relayed = ResponseRelay.of(response, request, instance, course.attempts());
    boolean goesOn = body.isComplete() && !ResponseRelay.endsWithConnection(relayed, request);
    client.begin(relayed, goesOn);
  }

  /** From here on it is bytes, until either side ends. */
  void tunnel(HttpResponse switching, Target target, Upstream instance) {
    deadline.stop();
    answered = switching.status().code();
    client.tunnel(
        ResponseRelay.switching(switching, target.instance().toString(), course.attempts()),
        instance,
        this::clientLeft);
  }

  void relay(HttpContent part) {
    client.write(part);
    if (part instanceof LastHttpContent) {
      finish();
      client.end();
    } else if (!client.isWritable()) {
      client.flush();
    }
  }

  boolean isAnswering() {
    return answered > 0;
  }

  void flush() {
    client.flush();
  }

  boolean takesMore() {
    return client.isWritable();
  }

  void clientWritable() {
    running.current().ifPresent(Attempt::resume);
  }

  /** The answer has broken off. */
  void cut() {
    finish();
    client.abort();
  }

  void clientLeft() {
    if (!over) {
      answered = isAnswering() ? answered : GatewayMetrics.CLIENT_LEFT;
      finish();
    }
  }

  private void next() {
    Optional<Target> picked = course.next(System.nanoTime());
    if (picked.isPresent()) {
      tryOn(picked.get());
    } else if (course.isOverloaded()) {
      lane.metrics().shed(service.name().value());
      give(Problem.overloaded(service.name()));
    } else {
      pauseFor(course.hasTriedAll() ? service.policy().connectTimeout() : Pause.LONGEST);
    }
  }

  private void tryOn(Target target) {
    Attempt attempt = new Attempt(this, lane, target, course.tryLimit());
    running.begin(attempt);
    start(attempt);
    course.hedgeDelay().ifPresent(delay -> running.hedge(lane.after(delay, () -> hedge(attempt))));
  }

  private void start(Attempt attempt) {
    attempt.start(
        course.isSafe() ? IdlePool.LONGEST_IDLE : IdlePool.SURELY_OPEN,
        service.policy().connectTimeout());
  }

  /** The first try takes long: another one beside it, if all that it needs is here. */
  private void hedge(Attempt slow) {
    if (mayRunTwice()) {
      course
          .hedge(slow.target().instance(), System.nanoTime())
          .ifPresent(
              target -> {
                lane.metrics().hedged(service.name().value());
                beside(target);
              });
    }
  }

  private boolean mayRunTwice() {
    boolean whole = body.isComplete() && body.isReplayable();
    return !over && !isAnswering() && whole && !Upgrade.askedBy(head).isAsked();
  }

  private void beside(Target target) {
    Attempt second = new Attempt(this, lane, target, course.tryLimit());
    running.beginBeside(second);
    start(second);
  }

  private void pauseFor(Duration atMost) {
    switch (pause.begin(atMost)) {
      case WAITING -> {}
      case TOO_LATE -> give(Problem.noInstance(service.name()));
      case ROOM_FULL ->
          give(
              Problem.unavailable(
                  "No instance of " + service.name() + " is usable, and too many wait already."));
    }
  }

  private void outOfTime() {
    if (pause.isOn()) {
      give(Problem.noInstance(service.name()));
    } else if (body.isComplete()) {
      running.abandonAsTooSlow();
      give(Problem.after(TryFailure.TIMEOUT, service.name()));
    } else {
      give(
          new Problem(
              HttpResponseStatus.REQUEST_TIMEOUT, "The body of the request came too slowly."));
    }
  }

  /** The gateway answers itself. */
  private void give(Problem problem) {
    if (isAnswering()) {
      cut();
      return;
    }
    answered = problem.status().code();
    running.abandon();
    boolean goesOn = body.isComplete();
    finish();
    HttpResponse response = problem.response(!request.method().equals(HttpMethod.HEAD));
    response.headers().setInt("X-Holdfast-Attempts", course.attempts());
    client.begin(response, goesOn);
    client.end();
  }

  private void finish() {
    over = true;
    running.abandon();
    deadline.stop();
    pause.end();
    body.release();
    lane.metrics()
        .answered(
            service.name().value(), answered, Duration.ofNanos(System.nanoTime() - startedNanos));
  }
}
