package io.holdfast.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.cli.console.CommandFailed;
import java.util.ArrayList;
import java.util.List;

/** Applies specifications, all or none, and says where they are wrong. */
public final class Applying {

  private Applying() {}

  /** What was applied: items of {@code kind, name, version, change}. */
  public static JsonNode apply(AdminClient client, SpecText specs) {
    return send(client, "/v1/apply", specs).path("applied");
  }

  /** What would be applied, as the supervisor tells it. */
  static JsonNode plan(AdminClient client, SpecText specs) {
    return send(client, "/v1/apply?dryRun=true", specs);
  }

  private static JsonNode send(AdminClient client, String path, SpecText specs) {
    Answer answer = client.postYaml(path, specs.text());
    if (answer.isRefusal() && !answer.body().path("errors").isEmpty()) {
      throw CommandFailed.listing(problems(answer.body().path("errors"), specs));
    }
    return answer.orFail();
  }

  private static List<String> problems(JsonNode errors, SpecText specs) {
    List<String> lines = new ArrayList<>();
    for (JsonNode error : errors) {
      lines.add(where(error, specs) + error.path("detail").asText());
    }
    return lines;
  }

  private static String where(JsonNode error, SpecText specs) {
    int line = error.path("line").asInt();
    String path = error.path("path").asText();
    return (line > 0 ? specs.locate(line) + ": " : specs.parts().getFirst().file() + ": ")
        + (path.isEmpty() ? "" : path + ": ");
  }

  /** One line about one applied item. */
  public static String line(JsonNode item) {
    return (item.path("kind").asText().equals("group") ? "group " : "")
        + item.path("name").asText()
        + " "
        + item.path("change").asText()
        + " (version "
        + item.path("version").asText()
        + ")";
  }
}
