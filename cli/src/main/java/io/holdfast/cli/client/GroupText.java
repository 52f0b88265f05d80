package io.holdfast.cli.client;

import static io.holdfast.cli.client.Tables.text;

import com.fasterxml.jackson.databind.JsonNode;

/** A group in full: its state, and its children in the order in which they start. */
final class GroupText {

  private static final String LINE = System.lineSeparator();

  private GroupText() {}

  static String of(JsonNode group) {
    StringBuilder page =
        new StringBuilder(text(group, "name"))
            .append(" is ")
            .append(text(group, "state"))
            .append(", version ")
            .append(text(group, "version"))
            .append(LINE);
    if (group.has("parent")) {
      page.append("child of: ").append(text(group, "parent")).append(LINE);
    }
    if (group.has("doing")) {
      page.append("restarting because: ").append(text(group, "doing")).append(LINE);
    }
    return page.append(LINE).append(children(group.path("children"))).toString();
  }

  private static String children(JsonNode children) {
    Table table = Table.of("KIND", "CHILD", "STAGE");
    for (JsonNode child : children) {
      table.row(text(child, "kind"), text(child, "name"), text(child, "stage"));
    }
    return table.render();
  }
}
