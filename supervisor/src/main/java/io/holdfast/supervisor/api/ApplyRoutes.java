package io.holdfast.supervisor.api;

import static akka.http.javadsl.server.Directives.extractRequest;
import static akka.http.javadsl.server.Directives.path;
import static akka.http.javadsl.server.Directives.post;
import static akka.http.javadsl.server.PathMatchers.segment;

import akka.http.javadsl.server.Route;
import java.util.OptionalLong;

/** Many documents at once, all or nothing. */
final class ApplyRoutes {

  private final ControlPlane control;

  ApplyRoutes(ControlPlane control) {
    this.control = control;
  }

  Route routes() {
    return path(segment("v1").slash("apply"), () -> post(this::apply));
  }

  private Route apply() {
    return extractRequest(
        request -> {
          boolean plan = QueryValues.of(request).flag("dryRun");
          return SpecBody.read(body -> apply(body, plan));
        });
  }

  private Route apply(SpecBody body, boolean plan) {
    OptionalLong always = OptionalLong.empty();
    return Asking.answer(
        plan ? control.plan(body.specs(), always) : control.apply(body.specs(), always),
        outcome -> RenderChange.many(outcome, body, plan));
  }
}
