package io.holdfast.supervisor.api;

import akka.http.javadsl.model.ContentType;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpCharsets;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.MediaTypes;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.model.headers.RawHeader;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;

/** Responses of the shapes that every resource uses. */
final class Answers {

  private static final String RETRY_AFTER_SECONDS = "1";
  private static final ContentType PROBLEM =
      MediaTypes.applicationWithFixedCharset("problem+json", HttpCharsets.UTF_8).toContentType();

  private Answers() {}

  static HttpResponse ok(JsonNode body) {
    return json(200, body);
  }

  static HttpResponse json(int status, JsonNode body) {
    return HttpResponse.create()
        .withStatus(StatusCodes.get(status))
        .withEntity(ContentTypes.APPLICATION_JSON, Json.write(body));
  }

  static HttpResponse problem(Problem problem) {
    HttpResponse response =
        HttpResponse.create()
            .withStatus(StatusCodes.get(problem.status()))
            .withEntity(PROBLEM, Json.write(problem.json()).getBytes(StandardCharsets.UTF_8));
    return problem.status() == 503
        ? response.addHeader(RawHeader.create("Retry-After", RETRY_AFTER_SECONDS))
        : response;
  }

  static HttpResponse changed(ChangeOutcome outcome) {
    return switch (outcome) {
      case ChangeOutcome.Accepted() -> json(202, Json.object().put("accepted", true));
      case ChangeOutcome.Unknown(String what) -> problem(Problem.notFound(what));
      case ChangeOutcome.Conflict(String why) -> problem(Problem.conflict(why));
      case ChangeOutcome.Invalid(String why) -> problem(Problem.badRequest(why));
      case ChangeOutcome.Unavailable(String why) -> problem(Problem.unavailable(why));
    };
  }

  static HttpResponse versioned(HttpResponse response, long version) {
    return response.addHeader(RawHeader.create("ETag", "\"" + version + "\""));
  }
}
