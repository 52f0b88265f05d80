package io.holdfast.supervisor.api;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** One recorded event. */
final class RenderEvent {

  private RenderEvent() {}

  static ObjectNode event(RecordedEvent event) {
    ObjectNode json =
        Json.object()
            .put("id", event.id())
            .put("at", Json.time(event.at()))
            .put("type", event.type());
    event.fields().forEach((key, value) -> Json.putText(json, key, value));
    if (!event.evidence().isEmpty()) {
      json.set("evidence", Json.value(event.evidence()));
    }
    return json;
  }
}
