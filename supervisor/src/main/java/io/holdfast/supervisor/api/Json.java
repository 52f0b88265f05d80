package io.holdfast.supervisor.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Trees of plain values; what has no value is not put into them. */
final class Json {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static <T> ArrayNode array(List<T> items, Function<T, ? extends JsonNode> render) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    items.forEach(item -> array.add(render.apply(item)));
    return array;
  }

  static ArrayNode texts(List<?> items) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    items.forEach(item -> array.add(item.toString()));
    return array;
  }

  static void putText(ObjectNode into, String key, String value) {
    if (!value.isBlank()) {
      into.put(key, value);
    }
  }

  /** ISO-8601, UTC, to the millisecond. */
  static String time(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MILLIS).toString();
  }

  /** Any value of maps, lists and plain values; others by their text. */
  static JsonNode value(Object value) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    return switch (value) {
      case Boolean truth -> nodes.booleanNode(truth);
      case Integer number -> nodes.numberNode(number);
      case Long number -> nodes.numberNode(number);
      case Double number -> nodes.numberNode(number);
      case Instant instant -> nodes.textNode(time(instant));
      case Map<?, ?> map -> map(map);
      case List<?> list -> array(list, Json::value);
      case Object other -> nodes.textNode(other.toString());
    };
  }

  static String write(JsonNode node) {
    try {
      return MAPPER.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of plain values can always be written", e);
    }
  }

  static JsonNode read(String text) throws JsonProcessingException {
    return MAPPER.readTree(text);
  }

  private static ObjectNode map(Map<?, ?> map) {
    ObjectNode object = object();
    map.forEach((key, item) -> object.set(key.toString(), value(item)));
    return object;
  }
}
