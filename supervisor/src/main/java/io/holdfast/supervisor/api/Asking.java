package io.holdfast.supervisor.api;

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.server.Directives;
import akka.http.javadsl.server.Route;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for the control plane's answer; one that does not come is a 503. */
final class Asking {

  private static final Logger LOG = LoggerFactory.getLogger(Asking.class);

  private Asking() {}

  static <T> Route answer(CompletionStage<T> asked, Function<T, HttpResponse> render) {
    return then(asked, value -> Directives.complete(render.apply(value)));
  }

  static <T> Route then(CompletionStage<T> asked, Function<T, Route> next) {
    return Directives.extractRequest(
        request ->
            Directives.onComplete(
                asked,
                outcome ->
                    outcome.isSuccess()
                        ? next.apply(outcome.get())
                        : silent(request, outcome.failed().get())));
  }

  private static Route silent(HttpRequest request, Throwable cause) {
    LOG.warn("The control plane did not answer: {}", cause.toString());
    return Directives.complete(
        Answers.problem(why(cause).map(Problem::unavailable).orElseGet(() -> Silence.of(request))));
  }

  /** Stages wrap what one before them failed with. */
  private static Optional<String> why(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
        .filter(Unanswered.class::isInstance)
        .findFirst()
        .map(known -> String.valueOf(known.getMessage()));
  }
}
