package io.holdfast.cli.client;

import static io.holdfast.cli.client.Tables.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.Set;

/** A service in full: its state, its instances, and how the last of them ended. */
final class ServiceText {

  private static final String LINE = System.lineSeparator();

  private ServiceText() {}

  static String of(JsonNode service) {
    StringBuilder page = new StringBuilder(head(service)).append(StateText.waiting(service));
    if (!service.path("incidents").isEmpty()) {
      page.append(incident(service));
    }
    if (!service.path("instances").isEmpty()) {
      page.append(LINE).append(instances(service.path("instances")));
    }
    // Two instances of one slot, as in a rollout, tell of the same end.
    Set<String> ends = new LinkedHashSet<>();
    for (JsonNode instance : service.path("instances")) {
      if (instance.has("lastExit")) {
        ends.add(lastExit(instance));
      }
    }
    ends.forEach(end -> page.append(LINE).append(end));
    return page.toString();
  }

  private static String head(JsonNode service) {
    return StateText.of(service)
        + ": "
        + text(service, "ready")
        + " of "
        + text(service, "desired")
        + " ready, "
        + text(service, "standby")
        + " on standby, version "
        + text(service, "version")
        + ", restarts "
        + text(service, "restarts")
        + LINE;
  }

  private static String incident(JsonNode service) {
    return "latest incident: "
        + text(service.path("incidents").get(0), "summary")
        + " (holdfast why "
        + text(service, "name")
        + " tells more)"
        + LINE;
  }

  private static String instances(JsonNode instances) {
    Table table =
        Table.of("INSTANCE", "ROLE", "STATE", "NODE", "PID", "ADDRESS", "RESTARTS", "STARTED");
    for (JsonNode instance : instances) {
      table.row(
          text(instance, "id"),
          text(instance, "role"),
          text(instance, "state"),
          text(instance, "node"),
          text(instance, "pid"),
          address(instance),
          text(instance, "restarts"),
          text(instance, "startedAt"));
    }
    return table.render();
  }

  private static String address(JsonNode instance) {
    JsonNode ports = instance.path("ports");
    return ports.isEmpty()
        ? text(instance, "address")
        : text(instance, "address") + ":" + ports.iterator().next().asText();
  }

  /** What a newcomer needs first: why the last one ended and what it said. */
  static String lastExit(JsonNode instance) {
    JsonNode exit = instance.path("lastExit");
    StringBuilder text =
        new StringBuilder("last exit of slot ")
            .append(text(instance, "slot"))
            .append(exit.has("at") ? " at " + text(exit, "at") : "")
            .append(": ")
            .append(reason(exit))
            .append(LINE);
    exit.path("log").forEach(line -> text.append("  | ").append(line.asText()).append(LINE));
    return text.toString();
  }

  /** One phrase. */
  static String reason(JsonNode exit) {
    if (exit.hasNonNull("reason")) {
      return exit.get("reason").asText();
    }
    return exit.hasNonNull("signal")
        ? "was ended by signal " + text(exit, "signal")
        : "exited with code " + text(exit, "code");
  }
}
