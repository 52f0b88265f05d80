package io.holdfast.supervisor.api;

import static akka.http.javadsl.server.Directives.complete;
import static akka.http.javadsl.server.Directives.concat;
import static akka.http.javadsl.server.Directives.delete;
import static akka.http.javadsl.server.Directives.extractRequest;
import static akka.http.javadsl.server.Directives.get;
import static akka.http.javadsl.server.Directives.path;
import static akka.http.javadsl.server.Directives.put;
import static akka.http.javadsl.server.PathMatchers.segment;

import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.server.Route;
import io.holdfast.core.ServiceName;
import io.holdfast.core.spec.ServiceSpec;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Services: the list, one of them, putting and deleting one. */
final class ServiceRoutes {

  private static final int USUAL_PAGE = 1_000;
  private static final Pattern VERSION = Pattern.compile("\"?(\\d{1,18})\"?");

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
          OptionalLong ifMatch = ifMatch(request);
          return SpecBody.read(body -> replace(body, name, ifMatch, plan));
        });
  }

  private Route replace(SpecBody body, String name, OptionalLong ifMatch, boolean plan) {
    List<ServiceSpec> specs = body.specs();
    if (specs.size() != 1) {
      return complete(
          Answers.problem(
              Problem.badRequest("Expected one specification, got " + specs.size() + ".")));
    }
    if (!specs.getFirst().name().value().equals(name)) {
      return complete(Answers.problem(otherName(body, name)));
    }
    return Asking.answer(
        plan ? control.plan(specs, ifMatch) : control.apply(specs, ifMatch),
        outcome -> RenderChange.one(outcome, body, plan));
  }

  private static Problem otherName(SpecBody body, String name) {
    ServiceName written = body.specs().getFirst().name();
    return body.invalid(
        List.of(
            new ApplyOutcome.Fault(
                written, "name", "expected '" + name + "' as in the path, got '" + written + "'")));
  }

  private static OptionalLong ifMatch(HttpRequest request) {
    Optional<String> condition = request.getHeader("If-Match").map(HttpHeader::value);
    if (condition.isEmpty()) {
      return OptionalLong.empty();
    }
    Matcher version = VERSION.matcher(condition.get());
    if (!version.matches()) {
      throw new Refusal(Problem.badRequest("If-Match is wrong: expected a version like \"3\"."));
    }
    return OptionalLong.of(Long.parseLong(version.group(1)));
  }
}
