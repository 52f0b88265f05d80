package io.holdfast.protocol.backup;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Rows as lines of JSON, and back. */
final class LineJson {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private LineJson() {}

  static ObjectNode object() {
    return JSON.createObjectNode();
  }

  static byte[] write(JsonNode line) {
    try {
      return JSON.writeValueAsBytes(line);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree can always be written", e);
    }
  }

  /** An empty object for what is no JSON. */
  static JsonNode read(byte[] line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      // Whoever reads it looks for what is not there, and says so.
      return object();
    }
  }

  static ObjectNode write(BackupRow row) {
    ObjectNode line = object();
    switch (row) {
      case BackupRow.Event event -> {
        ObjectNode json = named(line.putObject("event"), event);
        json.put("ordering", event.ordering());
        if (event.deleted()) {
          json.put("deleted", true);
        }
        json.put("writer", event.writer()).put("written", event.written());
        event.tags().forEach(json.putArray("tags")::add);
        put(json, event.content());
      }
      case BackupRow.Snapshot snapshot ->
          put(
              named(line.putObject("snapshot"), snapshot).put("written", snapshot.written()),
              snapshot.content());
    }
    return line;
  }

  private static ObjectNode named(ObjectNode json, BackupRow row) {
    return json.put("id", row.id()).put("sequence", row.sequence());
  }

  /** As the JSON it is, if exactly that can be had back from the line. */
  private static void put(ObjectNode json, BackupRow.Content content) {
    json.put("serializer", content.serializer()).put("type", content.type());
    byte[] bytes = content.bytes().toByteArray();
    JsonNode tree = read(bytes);
    if (content.bytes().equals(ByteString.copyFrom(write(tree)))) {
      json.set("content", tree);
    } else {
      json.put("base64", Base64.getEncoder().encodeToString(bytes));
    }
  }

  static BackupRow row(JsonNode line) throws UnfitBackup {
    JsonNode event = line.path("event");
    JsonNode snapshot = line.path("snapshot");
    if (event.isObject() && line.size() == 1) {
      return new BackupRow.Event(
          text(event, "id"),
          number(event, "sequence"),
          number(event, "ordering"),
          event.path("deleted").asBoolean(false),
          text(event, "writer"),
          number(event, "written"),
          tags(event.path("tags")),
          content(event));
    }
    if (snapshot.isObject() && line.size() == 1) {
      return new BackupRow.Snapshot(
          text(snapshot, "id"),
          number(snapshot, "sequence"),
          number(snapshot, "written"),
          content(snapshot));
    }
    throw new UnfitBackup("it is neither an event nor a snapshot");
  }

  private static BackupRow.Content content(JsonNode json) throws UnfitBackup {
    ByteString bytes =
        json.has("base64") ? decoded(text(json, "base64")) : written(json.path("content"));
    return new BackupRow.Content(
        Math.toIntExact(number(json, "serializer")), text(json, "type"), bytes);
  }

  private static ByteString written(JsonNode content) throws UnfitBackup {
    if (content.isMissingNode()) {
      throw new UnfitBackup("it has no content");
    }
    return ByteString.copyFrom(write(content));
  }

  private static ByteString decoded(String base64) throws UnfitBackup {
    try {
      return ByteString.copyFrom(Base64.getDecoder().decode(base64));
    } catch (IllegalArgumentException e) {
      throw new UnfitBackup("its content is not base64");
    }
  }

  private static List<String> tags(JsonNode json) {
    List<String> tags = new ArrayList<>();
    json.forEach(tag -> tags.add(tag.asText()));
    return tags;
  }

  private static String text(JsonNode json, String name) throws UnfitBackup {
    JsonNode value = json.path(name);
    if (!value.isTextual()) {
      throw new UnfitBackup("'" + name + "' is not a text");
    }
    return value.textValue();
  }

  private static long number(JsonNode json, String name) throws UnfitBackup {
    JsonNode value = json.path(name);
    if (!value.canConvertToLong() || !value.isIntegralNumber()) {
      throw new UnfitBackup("'" + name + "' is not a whole number");
    }
    return value.longValue();
  }
}
