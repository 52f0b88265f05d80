package io.holdfast.cli.client;

import static io.holdfast.cli.client.Tables.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/** An event as one line: when, what, to whom, why. */
final class EventLine {

  private static final List<String> SAID_ALREADY = List.of("id", "at", "type", "evidence");

  private EventLine() {}

  static String of(JsonNode event) {
    StringBuilder line =
        new StringBuilder(text(event, "at")).append("  ").append(text(event, "type"));
    for (Map.Entry<String, JsonNode> field : event.properties()) {
      if (!SAID_ALREADY.contains(field.getKey())) {
        pair(line, field);
      }
    }
    for (Map.Entry<String, JsonNode> field : event.path("evidence").properties()) {
      if (!SAID_ALREADY.contains(field.getKey())) {
        pair(line, field);
      }
    }
    return line.toString();
  }

  /** Lists, such as log lines, are left to {@code -o json}. */
  private static void pair(StringBuilder line, Map.Entry<String, JsonNode> field) {
    if (field.getValue().isValueNode()) {
      line.append("  ").append(field.getKey()).append('=').append(field.getValue().asText());
    }
  }
}
