package io.holdfast.protocol.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keeps the schema that is shipped in step with what is read. */
final class SchemaTest {

  private static final String FIRST = "unknown key, expected one of ";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | '' | bogus: 1",
        "restart | restart | restart: {bogus: 1}",
        "restart.backoff | restart.backoff | restart: {backoff: {bogus: 1}}",
        "hold | hold | hold: {bogus: 1}",
        "standby | standby | standby: {bogus: 1}",
        "stop | stop | stop: {bogus: 1}",
        "health | health | health: {bogus: 1}",
        "health.startup | health.startup | health: {startup: {bogus: 1}}",
        "health.readiness | health.readiness | health: {readiness: {bogus: 1}}",
        "health.liveness | health.liveness | health: {liveness: {bogus: 1}}",
        "dependsOn.items | dependsOn[] | dependsOn: [{bogus: 1}]",
        "placement | placement | placement: {bogus: 1}",
        "rollout | rollout | rollout: {bogus: 1}",
        "routing | routing | routing: {bogus: 1}",
        "routing.retries | routing.retries | routing: {retries: {bogus: 1}}",
      })
  void theSchemaHasTheKeysThatAreRead(String inSchema, String shape, String text)
      throws IOException {
    assertThat(keysOfSchema(inSchema)).isEqualTo(keysRead(shape, text));
  }

  @Test
  void theSchemaKnowsEveryMappingThatIsRead() throws IOException {
    List<String> mappings = new ArrayList<>();
    collectMappings(schema(), "", mappings);
    assertThat(mappings)
        .containsExactlyInAnyOrder(
            "",
            "restart",
            "restart.backoff",
            "hold",
            "standby",
            "stop",
            "health",
            "health.startup",
            "health.readiness",
            "health.liveness",
            "dependsOn.items",
            "placement",
            "rollout",
            "routing",
            "routing.retries",
            "routing.outlier",
            "replace");
  }

  /** Those that this release only accepts absent are in no schema. */
  private static Set<String> keysRead(String shape, String text) {
    Set<String> keys = new TreeSet<>();
    if (SpecReader.read("name: web\ncommand: [web]\n" + text)
        instanceof SpecReading.Invalid(List<SpecProblem> problems)) {
      problems.stream()
          .map(SpecProblem::detail)
          .filter(detail -> detail.startsWith(FIRST))
          .map(detail -> detail.substring(FIRST.length()).replaceAll(";.*", ""))
          .forEach(list -> keys.addAll(List.of(list.split(", ", -1))));
    }
    NotYet.keysOf(shape).forEach((key, accepted) -> accepted.ifPresent(_ -> keys.add(key)));
    return keys;
  }

  private static Set<String> keysOfSchema(String path) throws IOException {
    JsonNode at = schema();
    for (String step : path.isEmpty() ? new String[0] : path.split("\\.", -1)) {
      at = step.equals("items") ? at.path(step) : at.path("properties").path(step);
    }
    Set<String> keys = new TreeSet<>();
    at.path("properties").fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  private static void collectMappings(JsonNode node, String path, List<String> into) {
    if (node.has("properties")) {
      into.add(path);
    }
    node.path("properties")
        .properties()
        .forEach(field -> collectMappings(field.getValue(), join(path, field), into));
    if (node.has("items")) {
      collectMappings(node.path("items"), path + ".items", into);
    }
  }

  private static String join(String path, Map.Entry<String, JsonNode> field) {
    return path.isEmpty() ? field.getKey() : path + "." + field.getKey();
  }

  private static JsonNode schema() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            SpecReader.class.getResourceAsStream("/holdfast/service.schema.json"))) {
      return new ObjectMapper().readTree(in);
    }
  }
}
