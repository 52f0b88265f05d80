package io.holdfast.protocol.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keeps the schema that is shipped in step with what is read. */
final class SchemaTest {

  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final String FIRST = "unknown key, expected one of ";

  private static final int ROUNDS = 1_000;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "service | '' | '' | bogus: 1",
        "service | resources | resources | resources: {bogus: 1}",
        "service | restart | restart | restart: {bogus: 1}",
        "service | restart.backoff | restart.backoff | restart: {backoff: {bogus: 1}}",
        "service | replace | replace | replace: {bogus: 1}",
        "service | hold | hold | hold: {bogus: 1}",
        "service | standby | standby | standby: {bogus: 1}",
        "service | stop | stop | stop: {bogus: 1}",
        "service | health | health | health: {bogus: 1}",
        "service | health.startup | health.startup | health: {startup: {bogus: 1}}",
        "service | health.readiness | health.readiness | health: {readiness: {bogus: 1}}",
        "service | health.liveness | health.liveness | health: {liveness: {bogus: 1}}",
        "service | health.thresholds | health.thresholds | health: {thresholds: {bogus: 1}}",
        "service | dependsOn.items | dependsOn[] | dependsOn: [{bogus: 1}]",
        "service | placement | placement | placement: {bogus: 1}",
        "service | rollout | rollout | rollout: {bogus: 1}",
        "service | routing | routing | routing: {bogus: 1}",
        "service | routing.retries | routing.retries | routing: {retries: {bogus: 1}}",
        "group | '' | group | bogus: 1",
      })
  void theSchemaHasTheKeysThatAreRead(String kind, String inSchema, String shape, String text)
      throws IOException {
    assertThat(keysOfSchema(kind, inSchema)).isEqualTo(keysRead(kind, shape, text));
  }

  @Test
  void theSchemaKnowsEveryMappingThatIsRead() throws IOException {
    assertThat(mappings("service"))
        .containsExactlyInAnyOrder(
            "",
            "resources",
            "restart",
            "restart.backoff",
            "replace",
            "hold",
            "standby",
            "stop",
            "health",
            "health.startup",
            "health.readiness",
            "health.liveness",
            "health.thresholds",
            "dependsOn.items",
            "placement",
            "rollout",
            "routing",
            "routing.retries",
            "routing.outlier");
    assertThat(mappings("group")).containsExactly("");
  }

  @Test
  void theSchemaAcceptsWhateverIsWritten() throws IOException {
    SmallSchema schema = new SmallSchema(schema());
    RandomSpecs specs = new RandomSpecs(new Random(15));
    for (int round = 0; round < ROUNDS; round++) {
      JsonNode written = SpecWriter.tree(specs.next());
      assertThat(schema.flaws(written)).as(written.toString()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{name: web, command: [web]}",
        "{name: web, command: [web], restart: {strategy: one-for-all}}",
        "{name: web, command: [web], resources: {}}",
        "{name: web, command: [web], resources: {memory: 256Mi, cpu: 500m, processes: 200}}",
        "{name: web, command: [web], resources: {memory: 268435456, cpu: 1.5}}",
        "{name: web, command: [web], replace: {limit: 0, period: 1d}}",
        "{name: web, command: [web], exclusive: true, lease: 1m, standby: {count: 0}}",
        "{name: web, command: [web], exclusive: false, standby: {count: 1, mode: warm}}",
        "{name: web, command: [web], dependsOn: [{service: db, onRestart: restart}]}",
        "{name: web, command: [web], ports: {a: 80}, health: {liveness: {grpc: '', port: a}}}",
        "{name: web, command: [web], health: {startup: {watchdog: 3s, deadline: 1m},"
            + " liveness: {watchdog: 2s, failures: 2}}}",
        "{name: web, command: [web], health: {thresholds: {errorRate: 0.2}}}",
        "{name: web, command: [web], health: {thresholds: {p99: 800ms, then: restart}}}",
        "{name: web, command: [web], health: {thresholds: {errorRate: 1, p99: 800ms, window: 10s,"
            + " minRequests: 50, then: isolate}}}",
        "{kind: group, name: shop, children: [web]}",
        "{kind: group, name: shop, strategy: rest-for-one, intensity: 0, children: [db, web]}",
      })
  void whatIsReadIsAcceptedByTheSchema(String text) throws IOException {
    assertThat(SpecReader.read(text)).isInstanceOf(SpecReading.Valid.class);
    assertThat(new SmallSchema(schema()).flaws(YAML.readTree(text))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{name: web}",
        "{kind: servise, name: web, command: [web]}",
        "{name: web, command: [web], children: [db]}",
        "{name: web, command: [web], strategy: one-for-all}",
        "{name: web, command: [web], restart: {strategy: all}}",
        "{name: web, command: [web], resources: {memory: lots}}",
        "{name: web, command: [web], resources: {cpu: 1.5m}}",
        "{name: web, command: [web], resources: {processes: 0}}",
        "{name: web, command: [web], replace: {limit: 1001}}",
        "{name: web, command: [web], replace: {remember: 10}}",
        "{name: web, command: [web], exclusive: 'true'}",
        "{name: web, command: [web], exclusive: true, standby: {count: 1}}",
        "{name: web, command: [web], lease: long}",
        "{name: web, command: [web], standby: {mode: cold}}",
        "{name: web, command: [web], dependsOn: [{service: db, onRestart: stop}]}",
        "{name: web, command: [web], ports: {a: 80}, health: {liveness: {grpc: 'a b'}}}",
        "{name: web, command: [web], ports: {a: 80}, health: {liveness: {tcp: a, port: a}}}",
        "{name: web, command: [web], ports: {a: 80}, health: {liveness: {tcp: a, grpc: ''}}}",
        "{name: web, command: [web], health: {liveness: {watchdog: 2s, interval: 1s}}}",
        "{name: web, command: [web], health: {liveness: {watchdog: 2}}}",
        "{name: web, command: [web], health: {thresholds: {}}}",
        "{name: web, command: [web], health: {thresholds: {window: 10s}}}",
        "{name: web, command: [web], health: {thresholds: {errorRate: 0}}}",
        "{name: web, command: [web], health: {thresholds: {errorRate: 1.1}}}",
        "{name: web, command: [web], health: {thresholds: {errorRate: 0.2, minRequests: 9}}}",
        "{name: web, command: [web], health: {thresholds: {errorRate: 0.2, then: stop}}}",
        "{name: web, command: [web], placement: {require: {'': ssd}}}",
        "{name: web, command: [web], placement: {prefer: {' ': ssd}}}",
        "{kind: group, name: shop}",
        "{kind: group, children: [db]}",
        "{kind: group, name: Shop, children: [db]}",
        "{kind: group, name: shop, children: []}",
        "{kind: group, name: shop, children: [db, db]}",
        "{kind: group, name: shop, children: [Db]}",
        "{kind: group, name: shop, children: db}",
        "{kind: group, name: shop, children: [db], strategy: all}",
        "{kind: group, name: shop, children: [db], intensity: -1}",
        "{kind: group, name: shop, children: [db], period: 5}",
        "{kind: group, name: shop, children: [db], command: [web]}",
        "{kind: group, name: shop, children: [db], resources: {}}",
      })
  void whatIsRefusedIsRefusedByTheSchemaToo(String text) throws IOException {
    assertThat(SpecReader.read(text)).isInstanceOf(SpecReading.Invalid.class);
    assertThat(new SmallSchema(schema()).flaws(YAML.readTree(text))).isNotEmpty();
  }

  /** Those of which this release accepts one value are in the schema as well. */
  private static Set<String> keysRead(String kind, String shape, String text) {
    String needed = kind.equals("group") ? "children: [web]\n" : "command: [web]\n";
    Set<String> keys = new TreeSet<>();
    if (SpecReader.read("kind: " + kind + "\nname: web\n" + needed + text)
        instanceof SpecReading.Invalid(List<SpecProblem> problems)) {
      problems.stream()
          .map(SpecProblem::detail)
          .filter(detail -> detail.startsWith(FIRST))
          .map(detail -> detail.substring(FIRST.length()).replaceAll(";.*", ""))
          .forEach(list -> keys.addAll(List.of(list.split(", ", -1))));
    }
    keys.addAll(NotYet.keysOf(shape).keySet());
    return keys;
  }

  private static Set<String> keysOfSchema(String kind, String path) throws IOException {
    JsonNode at = schema(kind);
    for (String step : path.isEmpty() ? new String[0] : path.split("\\.", -1)) {
      at = step.equals("items") ? at.path(step) : at.path("properties").path(step);
    }
    Set<String> keys = new TreeSet<>();
    at.path("properties").fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  private static List<String> mappings(String kind) throws IOException {
    List<String> mappings = new ArrayList<>();
    collectMappings(schema(kind), "", mappings);
    return mappings;
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

  private static JsonNode schema(String kind) throws IOException {
    return schema().path("$defs").path(kind);
  }

  private static JsonNode schema() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            SpecReader.class.getResourceAsStream("/holdfast/service.schema.json"))) {
      return new ObjectMapper().readTree(in);
    }
  }
}
