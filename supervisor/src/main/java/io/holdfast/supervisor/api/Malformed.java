package io.holdfast.supervisor.api;

import akka.event.LoggingAdapter;
import akka.http.ParsingErrorHandler;
import akka.http.javadsl.model.HttpResponse;
import akka.http.scaladsl.model.ErrorInfo;
import akka.http.scaladsl.model.StatusCode;
import akka.http.scaladsl.settings.ServerSettings;

/**
 * Answers what never becomes a request that a route could refuse. Nothing is logged: it is the
 * client's mistake, and the client is told.
 */
final class Malformed extends ParsingErrorHandler {

  /** Where the HTTP server, which is told the name of this class, looks for an instance of it. */
  static final Malformed MODULE$ = new Malformed();

  private Malformed() {}

  @Override
  public HttpResponse handle(
      StatusCode status, ErrorInfo error, LoggingAdapter log, ServerSettings settings) {
    String detail = error.summary().endsWith(".") ? error.summary() : error.summary() + ".";
    Problem problem =
        status.intValue() == 400
            ? Problem.badRequest(detail)
            : Problem.of(status.intValue(), status.reason(), detail);
    return Answers.problem(problem).addHeaders(AdminApi.ALWAYS);
  }
}
