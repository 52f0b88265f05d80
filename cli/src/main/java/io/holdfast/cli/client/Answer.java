package io.holdfast.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.holdfast.cli.console.CommandFailed;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a supervisor answered.
 *
 * @param body an empty object when there was none, or none that is JSON
 * @param nextPage the path of the next page of a list
 */
public record Answer(int status, JsonNode body, Optional<String> nextPage) {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Pattern NEXT = Pattern.compile("<([^>]*)>\\s*;\\s*rel=\"?next\"?");

  static Answer of(int status, byte[] body, HttpHeaders headers) {
    return new Answer(status, json(body), headers.firstValue("Link").flatMap(Answer::next));
  }

  private static JsonNode json(byte[] body) {
    try {
      JsonNode tree = JSON.readTree(body);
      return tree.isMissingNode() ? JsonNodeFactory.instance.objectNode() : tree;
    } catch (IOException _) {
      // Not a supervisor, or a proxy before it: the status alone has to do.
      return JsonNodeFactory.instance.objectNode();
    }
  }

  private static Optional<String> next(String link) {
    Matcher matcher = NEXT.matcher(link);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  public boolean isRefusal() {
    return status >= 400;
  }

  /** There is nothing of that name. */
  boolean isMissing() {
    return status == 404;
  }

  /** The body; a refusal fails the command with the supervisor's own words. */
  public JsonNode orFail() {
    if (isRefusal()) {
      throw new CommandFailed(refusal());
    }
    return body;
  }

  /** The supervisor's own words. */
  String refusal() {
    if (body.hasNonNull("detail")) {
      return body.get("detail").asText();
    }
    return body.hasNonNull("title")
        ? body.get("title").asText()
        : "the supervisor answered with status " + status;
  }
}
