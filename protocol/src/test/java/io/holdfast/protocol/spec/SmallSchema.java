package io.holdfast.protocol.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * As much of JSON Schema as the shipped schema uses.
 *
 * <p>A keyword that it does not know is an error, so that the schema says nothing that no test
 * sees.
 */
record SmallSchema(JsonNode root) {

  /** What is wrong with {@code value}; nothing when the schema accepts it. */
  List<String> flaws(JsonNode value) {
    return flaws(root, value, "");
  }

  private List<String> flaws(JsonNode schema, JsonNode value, String path) {
    List<String> flaws = new ArrayList<>();
    if (schema.isBoolean() && !schema.booleanValue()) {
      flaws.add(path + ": nothing is accepted here");
    }
    for (Map.Entry<String, JsonNode> keyword : schema.properties()) {
      if (!holds(keyword.getKey(), keyword.getValue(), value)) {
        flaws.add(path + ": " + keyword.getKey() + " " + keyword.getValue());
      }
    }
    flaws.addAll(elsewhere(schema, value, path));
    for (Map.Entry<String, JsonNode> field : value.properties()) {
      flaws.addAll(field(schema, field.getKey(), field.getValue(), path + "/" + field.getKey()));
    }
    if (value.isArray() && schema.has("items")) {
      elements(value).forEach(e -> flaws.addAll(flaws(schema.path("items"), e, path + "/[]")));
    }
    return flaws;
  }

  /** What schemas say of the same value to which this one refers. */
  private List<String> elsewhere(JsonNode schema, JsonNode value, String path) {
    List<String> flaws = new ArrayList<>();
    if (schema.has("$ref")) {
      flaws.addAll(flaws(root.at(schema.path("$ref").asText().substring(1)), value, path));
    }
    if (schema.has("if")) {
      boolean holds = flaws(schema.path("if"), value, path).isEmpty();
      flaws.addAll(flaws(schema.path(holds ? "then" : "else"), value, path));
    }
    return flaws;
  }

  private List<String> field(JsonNode schema, String name, JsonNode value, String path) {
    List<String> flaws = new ArrayList<>();
    if (schema.has("propertyNames")) {
      flaws.addAll(flaws(schema.path("propertyNames"), TextNode.valueOf(name), path));
    }
    JsonNode others = schema.path("additionalProperties");
    if (schema.path("properties").has(name)) {
      flaws.addAll(flaws(schema.path("properties").path(name), value, path));
    } else if (others.isObject()) {
      flaws.addAll(flaws(others, value, path));
    } else if (others.isBoolean() && !others.booleanValue()) {
      flaws.add(path + ": no such key");
    }
    return flaws;
  }

  private boolean holds(String keyword, JsonNode wanted, JsonNode value) {
    return switch (keyword) {
      case "$schema", "$id", "$defs", "title", "description", "default" -> true;
      case "$ref", "if", "then", "else" -> true;
      case "properties", "additionalProperties", "propertyNames", "items" -> true;
      case "const" -> value.equals(wanted);
      case "enum" -> elements(wanted).anyMatch(value::equals);
      case "type" ->
          wanted.isTextual()
              ? isOf(wanted, value)
              : elements(wanted).anyMatch(type -> isOf(type, value));
      case "oneOf" -> elements(wanted).filter(one -> flaws(one, value, "").isEmpty()).count() == 1;
      case "required", "dependentRequired", "maxProperties" ->
          !value.isObject() || objectHolds(keyword, wanted, value);
      case "minItems", "maxItems", "uniqueItems" ->
          !value.isArray() || arrayHolds(keyword, wanted, value);
      case "exclusiveMinimum" -> !value.isNumber() || value.doubleValue() > wanted.doubleValue();
      case "minimum" -> !value.isNumber() || value.doubleValue() >= wanted.doubleValue();
      case "maximum" -> !value.isNumber() || value.doubleValue() <= wanted.doubleValue();
      case "maxLength" -> !value.isTextual() || value.asText().length() <= wanted.intValue();
      case "pattern" ->
          !value.isTextual() || Pattern.compile(wanted.asText()).matcher(value.asText()).find();
      default -> throw new AssertionError("expected a keyword that is checked, got " + keyword);
    };
  }

  private static boolean objectHolds(String keyword, JsonNode wanted, JsonNode value) {
    return switch (keyword) {
      case "required" -> elements(wanted).allMatch(key -> value.has(key.asText()));
      case "maxProperties" -> value.size() <= wanted.intValue();
      default ->
          wanted.properties().stream()
              .filter(entry -> value.has(entry.getKey()))
              .allMatch(entry -> objectHolds("required", entry.getValue(), value));
    };
  }

  private static boolean arrayHolds(String keyword, JsonNode wanted, JsonNode value) {
    return switch (keyword) {
      case "minItems" -> value.size() >= wanted.intValue();
      case "maxItems" -> value.size() <= wanted.intValue();
      default -> new HashSet<>(elements(value).toList()).size() == value.size();
    };
  }

  private static boolean isOf(JsonNode type, JsonNode value) {
    return switch (type.asText()) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isTextual();
      case "boolean" -> value.isBoolean();
      case "number" -> value.isNumber();
      case "integer" -> value.isIntegralNumber();
      default -> throw new AssertionError("expected a type that is checked, got " + type);
    };
  }

  private static Stream<JsonNode> elements(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }
}
