package io.holdfast.cli.client;

import static io.holdfast.cli.client.Tables.text;

import com.fasterxml.jackson.databind.JsonNode;

/** How far a service is from what is wanted, and what is in its way. */
final class WaitingText {

  private static final String LINE = System.lineSeparator();

  private WaitingText() {}

  static String of(JsonNode service) {
    StringBuilder page = new StringBuilder(head(service)).append(StateText.waiting(service));
    if (!runsAsWanted(service) && service.path("waitingFor").isEmpty()) {
      underway(page, service);
    }
    return page.toString();
  }

  private static String head(JsonNode service) {
    return StateText.of(service)
        + ", "
        + text(service, "ready")
        + " of "
        + text(service, "desired")
        + " ready"
        + (runsAsWanted(service) && service.path("waitingFor").isEmpty()
            ? ": it runs as wanted"
            : "")
        + LINE;
  }

  /** Nothing is in the way: what there is has only to go on. */
  private static void underway(StringBuilder page, JsonNode service) {
    for (JsonNode instance : service.path("instances")) {
      if (!text(instance, "state").equals("ready")) {
        page.append(text(instance, "id"))
            .append(" is ")
            .append(text(instance, "state"))
            .append(LINE);
      }
    }
    page.append("holdfast why ")
        .append(text(service, "name"))
        .append(" tells what happened last")
        .append(LINE);
  }

  private static boolean runsAsWanted(JsonNode service) {
    return Readiness.isWanted(text(service, "state"));
  }
}
