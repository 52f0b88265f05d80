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
import io.holdfast.core.GroupName;
import io.holdfast.core.spec.GroupSpec;
import java.util.OptionalLong;

/** Groups: the list, one of them, putting and deleting one. */
final class GroupRoutes {

  private static final int USUAL_PAGE = 1_000;

  private final ControlPlane control;

  GroupRoutes(ControlPlane control) {
    this.control = control;
  }

  Route routes() {
    return concat(
        path(segment("v1").slash("groups"), () -> get(this::list)),
        path(
            segment("v1").slash("groups").slash(segment()),
            name ->
                concat(
                    get(() -> one(Names.group(name))),
                    put(() -> replace(name)),
                    delete(() -> remove(Names.group(name))))));
  }

  private Route list() {
    return extractRequest(
        request -> {
          Paging paging = Paging.of(request, USUAL_PAGE);
          return Asking.answer(
              control.groups(),
              groups ->
                  paging.cut(groups, group -> group.spec().name().value(), RenderGroup::status));
        });
  }

  private Route one(GroupName name) {
    return Asking.answer(
        control.group(name),
        found ->
            found
                .map(
                    group ->
                        Answers.versioned(Answers.ok(RenderGroup.detail(group)), group.version()))
                .orElseGet(() -> Answers.problem(Names.unknownGroup(name.value()))));
  }

  private Route remove(GroupName name) {
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
    return body.refusal(GroupSpec.class, name)
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
