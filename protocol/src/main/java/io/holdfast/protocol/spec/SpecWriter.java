package io.holdfast.protocol.spec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import io.holdfast.core.spec.ServiceSpec;

/**
 * Writes specifications in one canonical form: the keys in their documented order, what equals its
 * default left out. {@link SpecReader} reads an equal specification back.
 */
public final class SpecWriter {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectMapper YAML =
      new ObjectMapper(
          YAMLFactory.builder()
              .stringQuotingChecker(new Quoting())
              .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
              .disable(YAMLGenerator.Feature.SPLIT_LINES)
              .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
              .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
              .build());

  private SpecWriter() {}

  /** One line. */
  public static String json(ServiceSpec spec) {
    return write(JSON, spec);
  }

  /** For people. */
  public static String yaml(ServiceSpec spec) {
    return write(YAML, spec);
  }

  /** To be placed in a larger document. */
  public static ObjectNode tree(ServiceSpec spec) {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    tree.put("kind", "service");
    tree.put("name", spec.name().value());
    tree.put("instances", spec.instances());
    ProcessTree.write(spec.process(), tree);
    FailureTree.write(spec, tree);
    HealthTree.write(spec.health(), tree);
    RoutingTree.write(spec, tree);
    return tree;
  }

  private static String write(ObjectMapper mapper, ServiceSpec spec) {
    try {
      return mapper.writeValueAsString(tree(spec));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of plain values can always be written", e);
    }
  }
}
