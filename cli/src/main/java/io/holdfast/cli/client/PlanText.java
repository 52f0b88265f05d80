package io.holdfast.cli.client;

import static io.holdfast.cli.client.Tables.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What would change: a row for each document, and below it what that means. */
final class PlanText {

  private static final String LINE = System.lineSeparator();

  /** Stands for what a specification does not say. */
  private static final String UNSET = "(unset)";

  private PlanText() {}

  static String of(JsonNode planned) {
    List<String> rows = table(planned).lines().toList();
    StringBuilder page = new StringBuilder(rows.getFirst()).append(LINE);
    for (int i = 0; i < planned.size(); i++) {
      page.append(rows.get(i + 1)).append(LINE);
      details(planned.get(i)).forEach(detail -> page.append("  ").append(detail).append(LINE));
    }
    return page.toString();
  }

  private static String table(JsonNode planned) {
    Table table = Table.of("KIND", "NAME", "CHANGE", "VERSION", "RESTARTS");
    for (JsonNode item : planned) {
      table.row(
          text(item, "kind"),
          text(item, "name"),
          text(item, "change"),
          text(item, "version"),
          text(item, "restarts"));
    }
    return table.render();
  }

  private static List<String> details(JsonNode item) {
    List<String> lines = new ArrayList<>();
    if (text(item, "change").equals("unchanged")) {
      return lines;
    }
    item.path("diff").forEach(difference -> lines.add(difference(difference)));
    int restarts = item.path("restarts").asInt();
    if (restarts > 0) {
      lines.add(
          "restarts "
              + restarts
              + (restarts == 1 ? " instance" : " instances")
              + (item.path("stopsFirst").asBoolean()
                  ? " (stops first, so it is briefly fewer)"
                  : " (one after the other)"));
    }
    if (!item.path("alsoRestarts").isEmpty()) {
      lines.add("restarted with it: " + Tables.names(item.path("alsoRestarts")));
    }
    if (!item.path("dependents").isEmpty()) {
      lines.add("depends on it: " + Tables.names(item.path("dependents")));
    }
    return lines;
  }

  private static String difference(JsonNode difference) {
    return text(difference, "path")
        + ": "
        + side(difference, "from")
        + " -> "
        + side(difference, "to");
  }

  private static String side(JsonNode difference, String key) {
    return difference.has(key) ? text(difference, key) : UNSET;
  }
}
