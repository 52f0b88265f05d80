package io.holdfast.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.cli.HoldfastProcess;
import io.holdfast.cli.Ran;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a command whose reader leaves after the first line, as {@code head -1} does. */
class LeavingReaderTest {

  /** Far more than a pipe holds. */
  private static final int MANY = 40_000;

  private static final String ITEM =
      "{\"id\": 1, \"at\": \"2026-11-23T07:00:00Z\", \"type\": \"a\", \"name\": \"web\"}";

  private final FakeSupervisor supervisor;

  LeavingReaderTest() throws IOException {
    supervisor = FakeSupervisor.start();
  }

  @AfterEach
  void stop() {
    supervisor.close();
  }

  private Ran readOneLine(String... words) throws Exception {
    try (HoldfastProcess process =
        HoldfastProcess.start(Map.of("HOLDFAST_SERVER", supervisor.url()), words)) {
      assertThat(process.line()).isNotEmpty();
      process.leave();
      return process.ended();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"logs web", "logs web -f", "get services", "events -o json"})
  void aCommandThatStillHasMuchToSayEnds(String words) throws Exception {
    String items = "[" + ITEM + ("," + ITEM).repeat(MANY) + "]";
    supervisor
        .on("GET /v1/services/web/logs", 200, "text/plain", "line\n".repeat(MANY))
        .on("GET /v1/services/web/logs?follow=true", 200, "text/plain", "line\n".repeat(MANY))
        .on("GET /v1/services", 200, items)
        .on("GET /v1/events", 200, items);

    assertThat(readOneLine(words.split(" "))).isEqualTo(new Ran(1, "", ""));
  }

  /** The stream is answered anew again and again, so that there always is a next event. */
  @Test
  void aFollowerOfEventsEndsAtTheNextOne() throws Exception {
    supervisor.on("GET /v1/events", 200, "text/event-stream", "data: " + ITEM + "\n\n");

    assertThat(readOneLine("events", "-f")).isEqualTo(new Ran(1, "", ""));
  }
}
