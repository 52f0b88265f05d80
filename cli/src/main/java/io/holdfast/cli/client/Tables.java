package io.holdfast.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The lists of {@code holdfast get}. */
public final class Tables {

  /** Stands for a value that is absent. */
  static final String NONE = "-";

  private Tables() {}

  public static String services(JsonNode services) {
    Table table = Table.of("SERVICE", "STATE", "READY", "STANDBY", "RESTARTS", "VERSION");
    for (JsonNode service : services) {
      table.row(
          text(service, "name"),
          text(service, "state") + (service.path("paused").asBoolean() ? " (paused)" : ""),
          text(service, "ready") + "/" + text(service, "desired"),
          text(service, "standby"),
          text(service, "restarts"),
          text(service, "version"));
    }
    return table.render();
  }

  static String nodes(JsonNode nodes) {
    Table table = Table.of("NODE", "STATE", "ADDRESS", "ZONE", "INSTANCES", "HEARTBEAT");
    for (JsonNode node : nodes) {
      table.row(
          text(node, "id"),
          text(node, "state"),
          text(node, "address"),
          text(node, "zone"),
          instances(node),
          text(node, "heartbeatAge"));
    }
    return table.render();
  }

  /** As its agent says; where that is away, the places that are taken there. */
  private static String instances(JsonNode node) {
    boolean isAway = !node.has("heartbeatAge") && node.path("reserved").has("places");
    return isAway
        ? text(node.path("reserved"), "places")
        : String.valueOf(node.path("instances").size());
  }

  static String routes(JsonNode view) {
    Table table = Table.of("SERVICE", "INSTANCE", "ADDRESS", "STATE", "WEIGHT", "ZONE");
    for (Map.Entry<String, JsonNode> service : view.path("services").properties()) {
      for (JsonNode endpoint : service.getValue()) {
        table.row(
            service.getKey(),
            text(endpoint, "instance"),
            text(endpoint, "address") + ":" + text(endpoint, "port"),
            text(endpoint, "state"),
            text(endpoint, "weight"),
            text(endpoint, "zone"));
      }
    }
    return table.render();
  }

  static String groups(JsonNode groups) {
    Table table = Table.of("GROUP", "STATE", "VERSION", "PARENT", "CHILDREN");
    for (JsonNode group : groups) {
      table.row(
          text(group, "name"),
          text(group, "state"),
          text(group, "version"),
          text(group, "parent"),
          names(group.path("children")));
    }
    return table.render();
  }

  static String incidents(JsonNode incidents) {
    Table table = Table.of("SERVICE", "SINCE", "SUMMARY", "RESTORED");
    for (JsonNode incident : incidents) {
      table.row(
          text(incident, "service"),
          text(incident, "at"),
          text(incident, "summary"),
          text(incident, "restoredAt"));
    }
    return table.render();
  }

  /** A list of texts as one. */
  static String names(JsonNode names) {
    return StreamSupport.stream(names.spliterator(), false)
        .map(JsonNode::asText)
        .collect(Collectors.joining(", "));
  }

  /** The value of {@code key} as text. */
  static String text(JsonNode node, String key) {
    JsonNode value = node.path(key);
    if (value.isMissingNode() || value.isNull()) {
      return NONE;
    }
    return value.isValueNode() ? value.asText() : value.toString();
  }
}
