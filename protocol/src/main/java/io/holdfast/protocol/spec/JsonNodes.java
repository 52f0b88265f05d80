package io.holdfast.protocol.spec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads JSON into nodes.
 *
 * <p>Most JSON is YAML, but not all: tabs between tokens, escaped slashes and control characters in
 * texts are not.
 */
final class JsonNodes {

  private static final int DEEPEST = 40;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(DEEPEST).maxNumberLength(64).build())
          .build();

  private JsonNodes() {}

  /** The documents, one after another; empty when the text is not JSON from its first letter on. */
  static Optional<List<SpecNode>> read(String text) {
    String start = text.stripLeading();
    if (!start.startsWith("{") && !start.startsWith("[")) {
      return Optional.empty();
    }
    try (JsonParser parser = JSON.createParser(text)) {
      List<SpecNode> documents = new ArrayList<>();
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        documents.add(node(parser, token));
      }
      return Optional.of(documents);
    } catch (IOException e) {
      // Not JSON, then it has to be YAML, whose reader says what is wrong with it.
      return Optional.empty();
    }
  }

  private static SpecNode node(JsonParser parser, JsonToken token) throws IOException {
    int line = line(parser);
    return switch (token) {
      case START_OBJECT -> mapping(parser, line);
      case START_ARRAY -> sequence(parser, line);
      case VALUE_STRING -> new SpecNode.Scalar(line, parser.getText(), true);
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE ->
          new SpecNode.Scalar(line, parser.getText(), false);
      case VALUE_NULL -> new SpecNode.Nothing(line);
      case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT ->
          throw new IOException("expected a value");
    };
  }

  private static SpecNode mapping(JsonParser parser, int line) throws IOException {
    List<SpecNode.Entry> entries = new ArrayList<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      int keyLine = line(parser);
      entries.add(new SpecNode.Entry(keyLine, key, node(parser, parser.nextToken())));
    }
    return new SpecNode.Mapping(line, List.copyOf(entries));
  }

  private static SpecNode sequence(JsonParser parser, int line) throws IOException {
    List<SpecNode> items = new ArrayList<>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      items.add(node(parser, token));
    }
    return new SpecNode.Sequence(line, List.copyOf(items));
  }

  private static int line(JsonParser parser) {
    return Math.max(1, parser.currentTokenLocation().getLineNr());
  }
}
