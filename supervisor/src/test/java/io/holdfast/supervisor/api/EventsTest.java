package io.holdfast.supervisor.api;

import static org.assertj.core.api.Assertions.assertThat;

import akka.stream.javadsl.Source;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EventsTest {

  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
  private static final String SECOND =
      "{\"id\":2,\"at\":\"2026-05-01T12:00:00Z\",\"type\":\"instance-exited\","
          + "\"service\":\"web\",\"evidence\":{\"code\":2,\"log\":[\"bye\"]}}";

  private final ApiUnderTest api;

  EventsTest() throws Exception {
    api = new ApiUnderTest();
  }

  @BeforeEach
  void threeThingsHaveHappened() {
    api.control.events = LongStream.rangeClosed(1, 3).mapToObj(EventsTest::event).toList();
  }

  @AfterEach
  void end() throws Exception {
    api.close();
  }

  @Test
  void withoutAWishForAStreamEventsComeInPages() throws Exception {
    var first = api.get("/v1/events?limit=1&after=1&service=web&since=2026-05-01T10:00:00%2B02:00");

    assertThat(first.body()).isEqualTo("[" + SECOND + "]");
    assertThat(first.headers().firstValue("Link").orElseThrow())
        .contains("after=2", "limit=1", "service=web", "since=2026");
    assertThat(api.control.asked)
        .containsExactly("events after 1 since 2026-05-01T08:00:00Z of web at most 2");
    assertThat(ApiUnderTest.json(api.get("/v1/events"))).hasSize(3);
    assertThat(api.get("/v1/events?after=3").body()).isEqualTo("[]");
  }

  @Test
  void theLinkOfAPageLeadsToTheNext() throws Exception {
    String link = api.get("/v1/events?limit=2").headers().firstValue("Link").orElseThrow();
    String next = link.substring(1, link.indexOf('>'));

    assertThat(ApiUnderTest.json(api.get(next))).hasSize(1);
  }

  @Test
  void aStreamCarriesEachEventWithItsId() throws Exception {
    api.control.eventsToCome = Source.never();

    try (var body = api.open("/v1/events", "Accept", "text/event-stream").body()) {
      assertThat(lines(body, 6))
          .contains("id:2", "data:" + SECOND)
          .noneMatch(line -> line.startsWith("event:"));
    }
  }

  @Test
  void aStreamIsResumedBehindTheLastEventSeen() throws Exception {
    try (var body =
        api.open("/v1/events", "Accept", "text/event-stream", "Last-Event-ID", "2").body()) {
      assertThat(new String(body.readAllBytes(), StandardCharsets.UTF_8))
          .contains("id:3")
          .doesNotContain("id:2");
    }
    assertThat(api.control.asked).containsExactly("follow after 2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"since=yesterday", "service=No!", "limit=0", "limit=1001", "after=x", "limit=1e9"})
  void aQueryThatIsWrongIsRefused(String query) throws Exception {
    assertThat(api.get("/v1/events?" + query).statusCode()).isEqualTo(400);
  }

  @Test
  void aLastEventThatIsNoneIsRefused() throws Exception {
    var response = api.get("/v1/events", "Accept", "text/event-stream", "Last-Event-ID", "x");
    assertThat(response.statusCode()).isEqualTo(400);
  }

  private static List<String> lines(InputStream body, int count) throws IOException {
    BufferedReader reader = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      lines.add(String.valueOf(reader.readLine()));
    }
    return lines;
  }

  private static RecordedEvent event(long id) {
    return new RecordedEvent(
        id,
        NOON,
        "instance-exited",
        Map.of("service", "web"),
        new TreeMap<>(Map.of("code", (int) id, "log", List.of("bye"))));
  }
}
