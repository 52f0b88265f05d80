package io.holdfast.cli.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.holdfast.cli.console.Terminal;
import java.util.Locale;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** {@code -o}: for people or for programs. */
public final class Output {

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "table, json or yaml. Default: ${DEFAULT-VALUE}")
  private Format format = Format.TABLE;

  enum Format {
    TABLE,
    JSON,
    YAML;

    /** As it is typed. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Prints {@code data} or, for people, {@code text}. */
  public void print(Terminal terminal, Supplier<JsonNode> data, Supplier<String> text) {
    terminal
        .out()
        .print(
            switch (format) {
              case TABLE -> text.get();
              case JSON -> pretty(data.get());
              case YAML -> yaml(data.get());
            });
    terminal.out().flush();
  }

  /** Prints one of many items: a line of JSON, a YAML document, or a line of text. */
  void printItem(Terminal terminal, JsonNode data, Supplier<String> line) {
    terminal
        .out()
        .println(
            switch (format) {
              case TABLE -> line.get();
              case JSON -> data.toString();
              case YAML -> "---\n" + yaml(data).stripTrailing();
            });
    terminal.out().flush();
  }

  private static String pretty(JsonNode data) {
    return data.toPrettyString() + System.lineSeparator();
  }

  private static String yaml(JsonNode data) {
    ObjectMapper yaml =
        YAMLMapper.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .build();
    return write(yaml, data);
  }

  private static String write(ObjectMapper mapper, JsonNode data) {
    try {
      return mapper.writeValueAsString(data);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of JSON can always be written", e);
    }
  }
}
