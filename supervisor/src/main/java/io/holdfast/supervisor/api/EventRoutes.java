package io.holdfast.supervisor.api;

import static akka.http.javadsl.server.Directives.complete;
import static akka.http.javadsl.server.Directives.extractRequest;
import static akka.http.javadsl.server.Directives.get;
import static akka.http.javadsl.server.Directives.path;
import static akka.http.javadsl.server.PathMatchers.segment;

import akka.NotUsed;
import akka.http.javadsl.marshalling.sse.EventStreamMarshalling;
import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.model.sse.ServerSentEvent;
import akka.http.javadsl.server.Route;
import akka.stream.javadsl.Source;
import io.holdfast.supervisor.api.ControlPlane.EventQuery;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** What has happened: page by page, or as a stream that goes on. */
final class EventRoutes {

  private static final int USUAL_PAGE = 100;
  private static final Duration HEARTBEAT = Duration.ofSeconds(10);
  private static final Pattern ID = Pattern.compile("\\d{1,18}");

  private final ControlPlane control;
  private final InstantSource clock;

  EventRoutes(ControlPlane control, InstantSource clock) {
    this.control = control;
    this.clock = clock;
  }

  Route routes() {
    return path(
        segment("v1").slash("events"),
        () ->
            get(
                () ->
                    extractRequest(
                        request -> wantsStream(request) ? stream(request) : page(request))));
  }

  private Route stream(HttpRequest request) {
    QueryValues values = QueryValues.of(request);
    long after = lastSeen(request).orElseGet(() -> values.whole("after").orElse(0));
    Source<ServerSentEvent, NotUsed> events =
        control
            .followEvents(query(values, after))
            .map(EventRoutes::event)
            // Shows either side that the other one is still there.
            .keepAlive(HEARTBEAT, ServerSentEvent::heartbeat);
    return complete(StatusCodes.OK, events, EventStreamMarshalling.toEventStream());
  }

  private Route page(HttpRequest request) {
    QueryValues values = QueryValues.of(request);
    Paging paging = Paging.of(request, USUAL_PAGE);
    return Asking.answer(
        control.events(query(values, values.whole("after").orElse(0)), paging.wanted()),
        events -> paging.page(events, event -> String.valueOf(event.id()), RenderEvent::event));
  }

  private EventQuery query(QueryValues values, long after) {
    return new EventQuery(after, values.since("since", clock), values.service("service"));
  }

  private static ServerSentEvent event(RecordedEvent event) {
    return ServerSentEvent.create(
        Json.write(RenderEvent.event(event)),
        Optional.empty(),
        Optional.of(String.valueOf(event.id())),
        OptionalInt.empty());
  }

  private static boolean wantsStream(HttpRequest request) {
    return header(request, "Accept")
        .filter(accept -> accept.contains("text/event-stream"))
        .isPresent();
  }

  private static Optional<Long> lastSeen(HttpRequest request) {
    Optional<String> id = header(request, "Last-Event-ID").filter(value -> !value.isBlank());
    if (id.isPresent() && !ID.matcher(id.get()).matches()) {
      throw new Refusal(Problem.badRequest("Last-Event-ID is wrong: expected the id of an event."));
    }
    return id.map(Long::valueOf);
  }

  private static Optional<String> header(HttpRequest request, String name) {
    return request.getHeader(name).map(HttpHeader::value);
  }
}
