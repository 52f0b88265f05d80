package io.holdfast.supervisor.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.OptionalInt;

/**
 * A refusal as RFC 9457 wants it told.
 *
 * @param detail one clear sentence
 * @param errors what is wrong in particular; none when the sentence says it all
 */
record Problem(int status, String title, String detail, List<Item> errors) {

  /** One wrong place: in a body with its line, in a query without. */
  record Item(OptionalInt line, String path, String detail) {}

  static Problem of(int status, String title, String detail) {
    return new Problem(status, title, detail, List.of());
  }

  static Problem badRequest(String detail) {
    return of(400, "Bad request", detail);
  }

  static Problem badQuery(String parameter, String detail) {
    return new Problem(
        400,
        "Bad request",
        "The query parameter " + parameter + " is wrong: " + detail + ".",
        List.of(new Item(OptionalInt.empty(), parameter, detail)));
  }

  static Problem invalidSpec(List<Item> errors) {
    String places = errors.size() == 1 ? "1 problem" : errors.size() + " problems";
    return new Problem(
        400, "Invalid specification", "Nothing was applied: " + places + ".", errors);
  }

  static Problem notFound(String detail) {
    return of(404, "Not found", detail);
  }

  static Problem conflict(String detail) {
    return of(409, "Conflict", detail);
  }

  static Problem stale(String detail) {
    return of(412, "Version has changed", detail);
  }

  static Problem unavailable(String detail) {
    return of(503, "Unavailable", detail);
  }

  ObjectNode json() {
    ObjectNode json = Json.object();
    json.put("title", title);
    json.put("status", status);
    json.put("detail", detail);
    if (!errors.isEmpty()) {
      ArrayNode items = json.putArray("errors");
      errors.forEach(error -> write(error, items.addObject()));
    }
    return json;
  }

  private static void write(Item item, ObjectNode into) {
    item.line().ifPresent(line -> into.put("line", line));
    if (!item.path().isEmpty()) {
      into.put("path", item.path());
    }
    into.put("detail", item.detail());
  }
}
