package io.holdfast.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.holdfast.cli.console.CommandFailed;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * The file behind {@code --config}: a YAML map from an option's name, without dashes, to its value.
 *
 * <p>Where an option takes several values a list becomes comma-separated ones, and a map {@code
 * k=v} pairs. Options of other roles are allowed, so that one file can serve a whole host.
 */
final class ConfigFile {

  private static final Set<String> KNOWN =
      Set.of(
          "http",
          "grpc",
          "cluster",
          "listen",
          "seed",
          "journal",
          "journal-url",
          "tls-cert",
          "tls-key",
          "tls-ca",
          "join-token",
          "front",
          "data",
          "supervisor",
          "node",
          "address",
          "zone",
          "label",
          "file",
          "for",
          "no-faults",
          "headless");

  private static final Set<String> LISTS = Set.of("supervisor", "label");
  private static final Set<String> MAPS = Set.of("label");

  private final JsonNode values;

  private ConfigFile(JsonNode values) {
    this.values = values;
  }

  /** The file that {@code args} or the environment name, or none. */
  static ConfigFile named(Map<String, String> environment, String... args) {
    return path(environment, args)
        .map(ConfigFile::read)
        .orElseGet(() -> new ConfigFile(JsonNodeFactory.instance.objectNode()));
  }

  private static Optional<Path> path(Map<String, String> environment, String... args) {
    for (int i = 0; i < args.length; i++) {
      if (args[i].startsWith("--config=")) {
        return Optional.of(Path.of(args[i].substring("--config=".length())));
      }
      if (args[i].equals("--config") && i + 1 < args.length) {
        return Optional.of(Path.of(args[i + 1]));
      }
    }
    return Optional.ofNullable(environment.get("HOLDFAST_CONFIG")).map(Path::of);
  }

  private static ConfigFile read(Path file) {
    JsonNode tree = tree(file);
    if (!tree.isObject()) {
      throw new CommandFailed(file + ": expected a map from options to values");
    }
    tree.fieldNames()
        .forEachRemaining(
            key -> {
              if (!KNOWN.contains(key)) {
                throw new CommandFailed(
                    file
                        + ": unknown option '"
                        + key
                        + "', expected one of "
                        + new TreeSet<>(KNOWN));
              }
            });
    for (Map.Entry<String, JsonNode> entry : tree.properties()) {
      requireShape(file, entry.getKey(), entry.getValue());
    }
    return new ConfigFile(tree);
  }

  private static void requireShape(Path file, String option, JsonNode value) {
    boolean fits =
        isPlain(value)
            || (value.isArray() && LISTS.contains(option) && holdsPlain(value))
            || (value.isObject() && MAPS.contains(option) && holdsPlain(value));
    if (!fits) {
      throw new CommandFailed(
          file + ": " + option + ": expected " + expected(option) + ", got " + shape(value));
    }
  }

  private static boolean isPlain(JsonNode value) {
    return value.isValueNode() && !value.isNull();
  }

  private static boolean holdsPlain(JsonNode several) {
    return several.valueStream().allMatch(ConfigFile::isPlain);
  }

  private static String expected(String option) {
    if (MAPS.contains(option)) {
      return "one value, a list or a map of them";
    }
    return LISTS.contains(option) ? "one value or a list of them" : "one value";
  }

  private static String shape(JsonNode value) {
    if (value.isNull()) {
      return "nothing";
    }
    return (value.isArray() ? "a list" : "a map") + (holdsPlain(value) ? "" : " of others");
  }

  private static JsonNode tree(Path file) {
    try {
      JsonNode tree = new YAMLMapper().readTree(Files.readString(file));
      return tree.isMissingNode() ? JsonNodeFactory.instance.objectNode() : tree;
    } catch (JsonProcessingException e) {
      throw new CommandFailed(notYaml(file, e), e);
    } catch (MalformedInputException e) {
      throw new CommandFailed(file + ": is not UTF-8 text", e);
    } catch (IOException e) {
      throw new CommandFailed(
          "cannot read " + file + (Files.exists(file) ? "" : ": no such file"), e);
    }
  }

  /** The parser tells it over several lines, with its view of the text. */
  private static String notYaml(Path file, JsonProcessingException e) {
    if (e.getCause() instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
      int line = marked.getProblemMark().getLine() + 1;
      return file + ":" + line + ": is not YAML: " + marked.getProblem();
    }
    return file + ": is not YAML: " + e.getOriginalMessage().lines().findFirst().orElse("");
  }

  Optional<String> value(String option) {
    return Optional.ofNullable(values.get(option)).map(ConfigFile::text);
  }

  private static String text(JsonNode value) {
    if (value.isArray()) {
      return StreamSupport.stream(value.spliterator(), false)
          .map(JsonNode::asText)
          .collect(Collectors.joining(","));
    }
    return value.properties().isEmpty()
        ? value.asText()
        : value.properties().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue().asText())
            .collect(Collectors.joining(","));
  }
}
