package io.holdfast.supervisor.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.OptionalLong;

/** Which version to go back to: nothing, or {@code {"to": VERSION}}. */
final class RollbackBody {

  private RollbackBody() {}

  /** The version; empty when the body does not name one. */
  static OptionalLong read(String text) {
    if (text.isBlank()) {
      return OptionalLong.empty();
    }
    try {
      JsonNode body = Json.read(text);
      JsonNode to = body.path("to");
      if (body.isObject() && body.isEmpty()) {
        return OptionalLong.empty();
      }
      if (body.size() == 1
          && to.canConvertToLong()
          && to.isIntegralNumber()
          && to.longValue() > 0) {
        return OptionalLong.of(to.longValue());
      }
    } catch (JsonProcessingException e) {
      // Told below, like every other body that is not what it should be.
    }
    throw new Refusal(
        Problem.badRequest("Expected no body, or {\"to\": VERSION} with an earlier version."));
  }
}
