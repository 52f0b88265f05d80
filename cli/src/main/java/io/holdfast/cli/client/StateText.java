package io.holdfast.cli.client;

import static io.holdfast.cli.client.Tables.text;

import com.fasterxml.jackson.databind.JsonNode;

/** How a service stands, in the words that every page about it begins with. */
final class StateText {

  private static final String LINE = System.lineSeparator();

  private StateText() {}

  /** Its name and its state, without an end of line. */
  static String of(JsonNode service) {
    return text(service, "name")
        + " is "
        + text(service, "state")
        + (service.path("paused").asBoolean() ? " (paused)" : "");
  }

  /** A line for each thing that it waits for. */
  static String waiting(JsonNode service) {
    StringBuilder lines = new StringBuilder();
    service
        .path("waitingFor")
        .forEach(what -> lines.append("waiting for: ").append(what.asText()).append(LINE));
    return lines.toString();
  }
}
