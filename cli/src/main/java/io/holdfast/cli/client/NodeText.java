package io.holdfast.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** A node in full. */
final class NodeText {

  private NodeText() {}

  static String of(JsonNode node) {
    StringBuilder page = new StringBuilder();
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      boolean isEmpty = entry.getValue().isContainerNode() && entry.getValue().isEmpty();
      if (!entry.getKey().equals("instances") && !isEmpty) {
        line(page, entry.getKey(), value(entry.getValue()));
      }
    }
    for (JsonNode instance : node.path("instances")) {
      line(page, "instance", instance.isObject() ? Tables.text(instance, "id") : instance.asText());
    }
    return page.toString();
  }

  private static void line(StringBuilder page, String key, String value) {
    page.append(key)
        .append(" ".repeat(Math.max(1, 14 - key.length())))
        .append(value)
        .append(System.lineSeparator());
  }

  private static String value(JsonNode value) {
    if (!value.isObject()) {
      return value.asText();
    }
    StringBuilder pairs = new StringBuilder();
    for (Map.Entry<String, JsonNode> entry : value.properties()) {
      pairs.append(entry.getKey()).append('=').append(entry.getValue().asText()).append(' ');
    }
    return pairs.toString().strip();
  }
}
