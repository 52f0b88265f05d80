package io.holdfast.supervisor.api;

import static akka.http.javadsl.server.Directives.complete;
import static akka.http.javadsl.server.Directives.concat;
import static akka.http.javadsl.server.Directives.extractRequest;
import static akka.http.javadsl.server.Directives.get;
import static akka.http.javadsl.server.Directives.path;
import static akka.http.javadsl.server.Directives.pathPrefix;
import static akka.http.javadsl.server.Directives.post;
import static akka.http.javadsl.server.PathMatchers.segment;

import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.server.Route;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.core.ServiceName;
import io.holdfast.core.spec.ServiceSpec;
import io.holdfast.supervisor.api.ControlPlane.LogAnswer;
import io.holdfast.supervisor.api.ControlPlane.LogQuery;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What can be done with one service, and what it has printed. */
final class ActionRoutes {

  private static final int MOST_SLOTS = 2 * ServiceSpec.MOST_INSTANCES;
  private static final int MOST_LINES = 1_000_000;

  private final ControlPlane control;

  ActionRoutes(ControlPlane control) {
    this.control = control;
  }

  Route routes() {
    return pathPrefix(
        segment("v1").slash("services").slash(segment()),
        name ->
            concat(
                path("restart", () -> post(() -> restart(Names.service(name)))),
                path("rollback", () -> post(() -> rollback(Names.service(name)))),
                path("scale", () -> post(() -> scale(Names.service(name)))),
                path("logs", () -> get(() -> logs(Names.service(name))))));
  }

  private Route restart(ServiceName name) {
    return extractRequest(
        request -> {
          OptionalInt slot = QueryValues.of(request).whole("slot", 0, MOST_SLOTS);
          return Asking.answer(control.restart(name, slot), Answers::changed);
        });
  }

  private Route rollback(ServiceName name) {
    return extractRequest(
        request -> {
          OptionalLong asked = QueryValues.of(request).whole("to");
          return SpecBody.text(
              text ->
                  Asking.answer(
                      control.rollback(name, asked.isPresent() ? asked : RollbackBody.read(text)),
                      Answers::changed));
        });
  }

  private Route scale(ServiceName name) {
    return SpecBody.text(
        text -> Asking.answer(control.scale(name, instances(text)), Answers::changed));
  }

  private static int instances(String text) {
    try {
      JsonNode body = Json.read(text);
      JsonNode instances = body.path("instances");
      boolean fits =
          body.size() == 1
              && instances.isInt()
              && instances.intValue() >= 0
              && instances.intValue() <= ServiceSpec.MOST_INSTANCES;
      if (fits) {
        return instances.intValue();
      }
    } catch (JsonProcessingException e) {
      // Told below, like every other body that is not what it should be.
    }
    throw new Refusal(Problem.badRequest("Expected {\"instances\": N} with N from 0 to 10000."));
  }

  private Route logs(ServiceName name) {
    return extractRequest(
        request -> {
          QueryValues values = QueryValues.of(request);
          LogQuery query =
              new LogQuery(
                  name,
                  values.whole("slot", 0, MOST_SLOTS),
                  values.flag("previous"),
                  values.whole("tail", 1, MOST_LINES).orElse(0),
                  values.flag("follow"));
          return Asking.then(control.logs(query), answer -> output(answer, query));
        });
  }

  private Route output(LogAnswer answer, LogQuery query) {
    return switch (answer) {
      case LogAnswer.Output(var text) ->
          complete(
              HttpResponse.create()
                  .withEntity(HttpEntities.createChunked(ContentTypes.TEXT_PLAIN_UTF8, text)));
      case LogAnswer.None(String why) ->
          Asking.answer(
              control.service(query.service()),
              found ->
                  Answers.problem(
                      Problem.notFound(
                          found.flatMap(detail -> noSuchSlot(detail, query)).orElse(why))));
    };
  }

  private static Optional<String> noSuchSlot(ServiceDetail detail, LogQuery query) {
    return query.slot().stream()
        .filter(slot -> slot >= detail.spec().slots())
        .mapToObj(slot -> "'" + query.service() + "' has no slot " + slot)
        .findFirst();
  }
}
