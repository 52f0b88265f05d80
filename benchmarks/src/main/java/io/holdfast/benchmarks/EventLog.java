package io.holdfast.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What is on record of all that happened, read as it goes: of services with many events the record
 * keeps the latest only.
 */
final class EventLog {

  private static final Duration LONGEST = Duration.ofSeconds(3);

  /**
   * One event.
   *
   * @param subject the instance, or else the node; "" where it is about neither
   * @param cause "" where none is told
   */
  record Event(long id, Instant at, String type, String subject, String cause) {
    private static Event of(JsonNode json) {
      return new Event(
          json.path("id").asLong(),
          Instant.parse(json.path("at").asText()),
          json.path("type").asText(),
          json.path("instance").asText(json.path("node").asText()),
          json.path("cause").asText());
    }
  }

  private final List<Desk> desks;
  private final List<Event> events = new ArrayList<>();

  EventLog(Cluster cluster) {
    this.desks = IntStream.range(0, cluster.size()).mapToObj(cluster::desk).toList();
  }

  /** Reads on, from whichever supervisor answers. */
  EventLog read() throws Exception {
    for (JsonNode page = page(); !page.isEmpty(); page = page()) {
      page.forEach(json -> events.add(Event.of(json)));
    }
    return this;
  }

  private JsonNode page() throws Exception {
    String path = "/v1/events?limit=1000&after=" + last();
    for (Desk desk : desks) {
      JsonNode page = desk.get(path, LONGEST);
      if (page.isArray()) {
        return page;
      }
    }
    return desks.getFirst().get(path, LONGEST);
  }

  /** The newest that has been read. */
  long last() {
    return events.isEmpty() ? 0 : events.getLast().id();
  }

  /** All of a type after one of that id. */
  long count(String type, long after) {
    return of(type).filter(event -> event.id() > after).count();
  }

  /** What it befell and why, each time since. */
  List<String> told(String type, long after) {
    return of(type)
        .filter(event -> event.id() > after)
        .map(event -> event.subject() + " (" + event.cause() + ")")
        .toList();
  }

  /** When it first befell the subject, from a moment on. */
  Optional<Instant> first(String type, String subject, Instant from) {
    return of(type)
        .filter(event -> event.subject().equals(subject))
        .map(Event::at)
        .filter(at -> !at.isBefore(from))
        .findFirst();
  }

  private Stream<Event> of(String type) {
    return events.stream().filter(event -> event.type().equals(type));
  }
}
