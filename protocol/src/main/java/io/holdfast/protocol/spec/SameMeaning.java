package io.holdfast.protocol.spec;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether a piece of a text says nothing but what a default value says. */
final class SameMeaning {

  private SameMeaning() {}

  /** A mapping may leave out what it does not want to repeat. */
  static boolean of(SpecNode node, String defaultYaml) {
    List<SpecNode> documents = new ArrayList<>();
    try {
      YamlNodes.read(defaultYaml, 1, documents);
    } catch (Malformed e) {
      throw new IllegalStateException("a default value is not YAML: " + defaultYaml, e);
    }
    return same(node, documents.getFirst());
  }

  private static boolean same(SpecNode node, SpecNode expected) {
    return switch (expected) {
      case SpecNode.Scalar(_, String text, _) ->
          node instanceof SpecNode.Scalar scalar && sameValue(scalar.text(), text);
      case SpecNode.Mapping mapping ->
          node instanceof SpecNode.Mapping given
              && given.entries().stream().allMatch(entry -> same(entry, mapping));
      case SpecNode.Sequence(_, var items) ->
          node instanceof SpecNode.Sequence given && same(given.items(), items);
      case SpecNode.Nothing _ -> node instanceof SpecNode.Nothing;
    };
  }

  private static boolean same(SpecNode.Entry entry, SpecNode.Mapping expected) {
    return expected.entry(entry.key()).filter(e -> same(entry.value(), e.value())).isPresent();
  }

  private static boolean same(List<SpecNode> nodes, List<SpecNode> expected) {
    if (nodes.size() != expected.size()) {
      return false;
    }
    for (int i = 0; i < nodes.size(); i++) {
      if (!same(nodes.get(i), expected.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameValue(String text, String expected) {
    return text.equals(expected) || sameDuration(text, expected) || sameNumber(text, expected);
  }

  private static boolean sameDuration(String text, String expected) {
    var duration = DurationText.parse(expected);
    return duration.isPresent() && duration.equals(DurationText.parse(text));
  }

  private static boolean sameNumber(String text, String expected) {
    Optional<BigDecimal> number = Scalars.number(expected);
    return Scalars.number(text)
        .flatMap(given -> number.map(wanted -> given.compareTo(wanted) == 0))
        .orElse(false);
  }
}
