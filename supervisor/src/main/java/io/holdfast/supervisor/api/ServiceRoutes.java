package io.holdfast.supervisor.api;

import static akka.http.javadsl.server.Directives.complete;
import static akka.http.javadsl.server.Directives.concat;
import static akka.http.javadsl.server.Directives.delete;
import static akka.http.javadsl.server.Directives.extractRequest;
import static akka.http.javadsl.server.Directives.get;
import static akka.http.javadsl.server.Directives.path;
import static akka.http.javadsl.server.Directives.put;
import static akka.http.javadsl.server.PathMatchers.segment;

import akka.http.javadsl.server.Route;
import io.holdfast.core.ServiceName;
import io.holdfast.core.spec.ServiceSpec;
import java.util.OptionalLong;

/** Services: the list, one of them, putting and deleting one. */
final class ServiceRoutes {

  private static final int USUAL_PAGE = 1_000;

  private final ControlPlane control;

  ServiceRoutes(ControlPlane control) {
    this.control = control;
  }

  Route routes() {
    return concat(
        path(segment("v1").slash("services"), () -> get(this::list)),
        path(
            segment("v1").slash("services").slash(segment()),
            name ->
                concat(
                    get(() -> one(Names.service(name))),
                    put(() -> replace(name)),
                    delete(() -> remove(Names.service(name))))));
  }

  private Route list() {
    return extractRequest(
        request -> {
          Paging paging = Paging.of(request, USUAL_PAGE);
          return Asking.answer(
              control.services(),
              services ->
                  paging.cut(services, service -> service.name().value(), RenderService::status));
        });
  }

  private Route one(ServiceName name) {
    return Asking.answer(
        control.service(name),
        found ->
            found
                .map(
                    detail ->
                        Answers.versioned(
                            Answers.ok(RenderService.detail(detail)), detail.status().version()))
                .orElseGet(() -> Answers.problem(Names.unknownService(name.value()))));
  }

  private Route remove(ServiceName name) {
    return Asking.answer(control.delete(name), Answers::changed);
  }

  private Route replace(String name) {
    return extractRequest(
        request -> {
          boolean plan = QueryValues.of(request).flag("dryRun");
          OptionalLong ifMatch = Conditions.ifMatch(request);
          return SpecBody.read(body -> replace(body, name, ifMatch, plan));
        });
  }

  private Route replace(SpecBody body, String name, OptionalLong ifMatch, boolean plan) {
    return body.refusal(ServiceSpec.class, name)
        .<Route>map(problem -> complete(Answers.problem(problem)))
        .orElseGet(
            () ->
                Asking.answer(
                    plan
                        ? control.plan(body.specs(), ifMatch)
                        : control.apply(body.specs(), ifMatch),
                    outcome -> RenderChange.one(outcome, body, plan)));
  }
}
