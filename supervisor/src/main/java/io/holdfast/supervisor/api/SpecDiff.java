package io.holdfast.supervisor.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Where two specifications differ, as their canonical texts say it. */
final class SpecDiff {

  /**
   * One place.
   *
   * @param path such as {@code restart.intensity}
   * @param from absent where it was as usual
   * @param to absent where it becomes as usual
   */
  record Difference(String path, Optional<JsonNode> from, Optional<JsonNode> to) {}

  private SpecDiff() {}

  static List<Difference> between(JsonNode before, JsonNode after) {
    List<Difference> differences = new ArrayList<>();
    compare("", before, after, differences);
    return differences;
  }

  private static void compare(
      String path, JsonNode before, JsonNode after, List<Difference> differences) {
    if (isPart(before, after) && isPart(after, before)) {
      TreeSet<String> keys = new TreeSet<>();
      before.fieldNames().forEachRemaining(keys::add);
      after.fieldNames().forEachRemaining(keys::add);
      keys.forEach(
          key ->
              compare(
                  path.isEmpty() ? key : path + "." + key,
                  before.path(key),
                  after.path(key),
                  differences));
    } else if (!before.equals(after)) {
      differences.add(new Difference(path, present(before), present(after)));
    }
  }

  /** A part that was or becomes as usual throughout is told value by value too. */
  private static boolean isPart(JsonNode one, JsonNode other) {
    return one.isObject() || (one.isMissingNode() && other.isObject() && !other.isEmpty());
  }

  private static Optional<JsonNode> present(JsonNode node) {
    return node.isMissingNode() ? Optional.empty() : Optional.of(node);
  }
}
