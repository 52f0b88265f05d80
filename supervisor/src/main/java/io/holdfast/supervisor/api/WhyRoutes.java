package io.holdfast.supervisor.api;

import static akka.http.javadsl.server.Directives.concat;
import static akka.http.javadsl.server.Directives.extractRequest;
import static akka.http.javadsl.server.Directives.get;
import static akka.http.javadsl.server.Directives.path;
import static akka.http.javadsl.server.PathMatchers.segment;

import akka.http.javadsl.server.Route;
import io.holdfast.core.ServiceName;
import io.holdfast.core.supervision.Incident;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Why things happened: the incidents of one service, and of all. */
final class WhyRoutes {

  private static final int USUAL_PAGE = 1_000;

  private final ControlPlane control;

  WhyRoutes(ControlPlane control) {
    this.control = control;
  }

  Route routes() {
    return concat(
        path(
            segment("v1").slash("services").slash(segment()).slash("why"),
            name -> get(() -> why(Names.service(name)))),
        path(segment("v1").slash("incidents"), () -> get(this::all)));
  }

  private Route why(ServiceName name) {
    return Asking.answer(
        control.service(name),
        found ->
            found
                .map(detail -> Answers.ok(Json.array(detail.incidents(), RenderIncident::incident)))
                .orElseGet(() -> Answers.problem(Names.unknownService(name.value()))));
  }

  private Route all() {
    return extractRequest(
        request -> {
          Paging paging = Paging.of(request, USUAL_PAGE);
          Optional<IncidentPlace> seen = seen(QueryValues.of(request));
          return Asking.answer(
              control.incidents(),
              incidents ->
                  paging.page(
                      behind(seen, incidents, paging.wanted()),
                      incident -> IncidentPlace.of(incident).toString(),
                      RenderIncident::listed));
        });
  }

  private static Optional<IncidentPlace> seen(QueryValues values) {
    Optional<String> after = values.text("after");
    Optional<IncidentPlace> place = after.flatMap(IncidentPlace::parse);
    if (after.isPresent() && place.isEmpty()) {
      throw new Refusal(
          Problem.badQuery(
              "after",
              "expected at and incident of the last one seen, like"
                  + " 2026-05-01T12:00:00Z/web-17, got '"
                  + after.get()
                  + "'"));
    }
    return place;
  }

  private static List<Incident> behind(
      Optional<IncidentPlace> seen, List<Incident> all, int wanted) {
    return all.stream()
        .sorted(Comparator.comparing(IncidentPlace::of))
        .filter(incident -> seen.map(IncidentPlace.of(incident)::isBehind).orElse(true))
        .limit(wanted)
        .toList();
  }
}
