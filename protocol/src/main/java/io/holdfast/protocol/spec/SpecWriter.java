package io.holdfast.protocol.spec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import io.holdfast.core.spec.GroupSpec;
import io.holdfast.core.spec.ServiceSpec;
import io.holdfast.core.spec.Spec;

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
  public static String json(Spec spec) {
    return write(JSON, spec);
  }

  /** For people. */
  public static String yaml(Spec spec) {
    return write(YAML, spec);
  }

  /** To be placed in a larger document. */
  public static ObjectNode tree(Spec spec) {
    return switch (spec) {
      case ServiceSpec service -> service(service);
      case GroupSpec group -> group(group);
    };
  }

  private static ObjectNode group(GroupSpec spec) {
    ObjectNode tree = document(Kind.GROUP, spec);
    GroupTree.write(spec, tree);
    return tree;
  }

  private static ObjectNode service(ServiceSpec spec) {
    ObjectNode tree = document(Kind.SERVICE, spec);
    tree.put("instances", spec.instances());
    ProcessTree.write(spec.process(), tree);
    FailureTree.write(spec, tree);
    HealthTree.write(spec.health(), tree);
    RoutingTree.write(spec, tree);
    return tree;
  }

  private static ObjectNode document(Kind kind, Spec spec) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("kind", Scalars.word(kind))
        .put("name", spec.title());
  }

  private static String write(ObjectMapper mapper, Spec spec) {
    try {
      return mapper.writeValueAsString(tree(spec));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of plain values can always be written", e);
    }
  }
}
