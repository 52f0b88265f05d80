package io.holdfast.cli.client;

import static io.holdfast.cli.client.Tables.text;

import com.fasterxml.jackson.databind.JsonNode;

/** The newest incident as a story, and those before it as one line each. */
final class IncidentText {

  private static final String LINE = System.lineSeparator();

  private IncidentText() {}

  static String of(JsonNode incidents) {
    StringBuilder page = new StringBuilder();
    story(page, incidents.get(0));
    if (incidents.size() > 1) {
      page.append(LINE).append("before that:").append(LINE);
    }
    for (int i = 1; i < incidents.size(); i++) {
      page.append("  ")
          .append(text(incidents.get(i), "at"))
          .append("  ")
          .append(text(incidents.get(i), "summary"))
          .append(LINE);
    }
    return page.toString();
  }

  private static void story(StringBuilder page, JsonNode incident) {
    page.append(text(incident, "summary")).append(LINE).append(LINE);
    line(page, "cause", text(incident, "cause"));
    line(page, "since", text(incident, "at"));
    evidence(page, incident.path("evidence"));
    decisions(page, incident.path("decisions"));
    line(page, "restored", incident.has("restoredAt") ? text(incident, "restoredAt") : "not yet");
  }

  private static void evidence(StringBuilder page, JsonNode evidence) {
    if (evidence.has("exit")) {
      JsonNode exit = evidence.path("exit");
      line(
          page,
          "exit",
          ServiceText.reason(exit) + (exit.has("at") ? ", at " + text(exit, "at") : ""));
    }
    said(page, evidence, "probe");
    said(page, evidence, "heartbeat");
    evidence.path("log").forEach(log -> page.append("  | ").append(log.asText()).append(LINE));
  }

  private static void said(StringBuilder page, JsonNode evidence, String key) {
    if (evidence.has(key)) {
      line(page, key, text(evidence, key));
    }
  }

  private static void decisions(StringBuilder page, JsonNode decisions) {
    if (decisions.isEmpty()) {
      return;
    }
    page.append("decisions:").append(LINE);
    for (JsonNode decision : decisions) {
      String at = "  " + text(decision, "at") + "  ";
      page.append(at).append(text(decision, "did")).append(LINE);
      if (decision.has("because")) {
        page.append(" ".repeat(at.length()))
            .append("because ")
            .append(text(decision, "because"))
            .append(LINE);
      }
    }
  }

  private static void line(StringBuilder page, String key, String value) {
    page.append(key)
        .append(": ")
        .append(" ".repeat("heartbeat".length() - key.length()))
        .append(value)
        .append(LINE);
  }
}
