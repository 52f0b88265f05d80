package io.holdfast.supervisor.api;

import static akka.http.javadsl.server.Directives.complete;
import static akka.http.javadsl.server.Directives.concat;
import static akka.http.javadsl.server.Directives.get;
import static akka.http.javadsl.server.Directives.path;
import static akka.http.javadsl.server.PathMatchers.segment;

import akka.http.javadsl.model.ContentType;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpCharsets;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.MediaTypes;
import akka.http.javadsl.server.Route;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.supervisor.api.ControlPlane.BackupAnswer;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The control plane about itself: its nodes, its health, its metrics. */
final class SystemRoutes {

  private static final ContentType JSON_LINES =
      MediaTypes.applicationWithFixedCharset("x-ndjson", HttpCharsets.UTF_8).toContentType();

  private final ControlPlane control;
  private final PrometheusRegistry metrics;

  SystemRoutes(ControlPlane control, PrometheusRegistry metrics) {
    this.control = control;
    this.metrics = metrics;
  }

  Route routes() {
    return concat(
        path(segment("v1").slash("cluster"), () -> get(this::cluster)),
        path(segment("v1").slash("backup"), () -> get(this::backup)),
        path("metrics", () -> get(() -> complete(scrape()))),
        path(segment("health").slash("live"), () -> get(() -> complete(up()))),
        path(segment("health").slash("ready"), () -> get(() -> complete(ready()))));
  }

  private Route cluster() {
    return Asking.answer(control.cluster(), status -> Answers.ok(render(status)));
  }

  private Route backup() {
    return Asking.answer(control.backup(), SystemRoutes::render);
  }

  private static HttpResponse render(BackupAnswer answer) {
    return switch (answer) {
      case BackupAnswer.Begun(var lines) ->
          HttpResponse.create().withEntity(HttpEntities.createChunked(JSON_LINES, lines));
      case BackupAnswer.Busy(String why) -> Answers.problem(Problem.conflict(why));
      case BackupAnswer.Unavailable(String why) -> Answers.problem(Problem.unavailable(why));
    };
  }

  private static ObjectNode render(ClusterStatus status) {
    ObjectNode json = Json.object();
    json.set("members", Json.texts(status.members()));
    Json.putText(json, "leader", status.leader());
    json.set("unreachable", Json.texts(status.unreachable()));
    ObjectNode brake = json.putObject("brake");
    status
        .brake()
        .ifPresent(
            known ->
                brake
                    .put("engaged", known.engaged())
                    .put("suspect", known.suspect())
                    .put("nodes", known.nodes()));
    Json.putText(json, "journal", status.journal());
    Json.putText(json, "journalState", status.journalState());
    return json;
  }

  private HttpResponse ready() {
    return control.isReady()
        ? up()
        : Answers.problem(Problem.unavailable("The supervisor is starting."));
  }

  private static HttpResponse up() {
    return Answers.ok(Json.object().put("status", "up"));
  }

  private HttpResponse scrape() {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try {
      PrometheusTextFormatWriter.create().write(text, metrics.scrape());
    } catch (IOException e) {
      throw new UncheckedIOException("an array of bytes takes every write", e);
    }
    return HttpResponse.create()
        .withEntity(
            ContentTypes.parse(PrometheusTextFormatWriter.CONTENT_TYPE), text.toByteArray());
  }
}
