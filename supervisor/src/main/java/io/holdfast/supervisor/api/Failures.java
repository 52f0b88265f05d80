package io.holdfast.supervisor.api;

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.RawHeader;
import akka.http.javadsl.server.Directives;
import akka.http.javadsl.server.ExceptionHandler;
import akka.http.javadsl.server.MethodRejection;
import akka.http.javadsl.server.Rejection;
import akka.http.javadsl.server.RejectionHandler;
import akka.http.javadsl.server.Route;
import akka.http.scaladsl.model.IllegalRequestException;
import akka.http.scaladsl.model.IllegalUriException;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells everything that goes wrong as a problem; never a stack trace. */
final class Failures {

  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  private Failures() {}

  /** Nothing escapes this route, neither an exception nor a request that no route wants. */
  static Route sealed(Route route) {
    return Directives.handleExceptions(
        exceptions(), () -> Directives.handleRejections(rejections(), () -> route));
  }

  static HttpResponse tooSlow(HttpRequest request) {
    return Answers.problem(Silence.of(request));
  }

  private static ExceptionHandler exceptions() {
    return ExceptionHandler.newBuilder()
        .match(Refusal.class, refusal -> problem(refusal.problem()))
        .match(IllegalUriException.class, e -> problem(Problem.badRequest(e.getMessage() + ".")))
        .match(
            IllegalRequestException.class, e -> problem(Problem.badRequest(e.getMessage() + ".")))
        .matchAny(Failures::unexpected)
        .build();
  }

  private static Route unexpected(Throwable failure) {
    LOG.error("A request failed unexpectedly.", failure);
    return problem(
        Problem.of(
            500, "Internal error", "Something unexpected went wrong; the log says what it was."));
  }

  private static RejectionHandler rejections() {
    return RejectionHandler.newBuilder()
        .handleAll(MethodRejection.class, Failures::wrongMethod)
        .handleAll(
            Rejection.class, _ -> problem(Problem.badRequest("The request is not understood.")))
        .handleNotFound(problem(Problem.notFound("There is nothing at this path.")))
        .build();
  }

  private static Route wrongMethod(List<MethodRejection> rejections) {
    String allowed =
        rejections.stream()
            .map(rejection -> rejection.supported().name())
            .distinct()
            .sorted()
            .collect(Collectors.joining(", "));
    return Directives.complete(
        Answers.problem(
                Problem.of(405, "Method not allowed", "This path takes only " + allowed + "."))
            .addHeader(RawHeader.create("Allow", allowed)));
  }

  private static Route problem(Problem problem) {
    return Directives.complete(Answers.problem(problem));
  }
}
