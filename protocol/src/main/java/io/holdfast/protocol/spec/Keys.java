package io.holdfast.protocol.spec;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What can be wrong with the keys of a mapping, whatever their values are. */
final class Keys {

  private static final int MOST_SHOWN = 100;

  private Keys() {}

  static String path(String parent, String key) {
    String shown = key.length() <= MOST_SHOWN ? key : key.substring(0, MOST_SHOWN) + "...";
    return parent.isEmpty() ? shown : parent + "." + shown;
  }

  /** The first of the keys that lead to a value. */
  static String first(String keys) {
    int dot = keys.indexOf('.');
    return dot < 0 ? keys : keys.substring(0, dot);
  }

  /** Where the value is written, or as much of the way to it as there is. */
  static int line(SpecNode.Mapping mapping, String keys) {
    String key = mapping.entry(keys).isPresent() ? keys : first(keys);
    return mapping
        .entry(key)
        .map(
            entry ->
                entry.value() instanceof SpecNode.Mapping inner && key.length() < keys.length()
                    ? Math.max(entry.line(), line(inner, keys.substring(key.length() + 1)))
                    : entry.line())
        .orElse(mapping.line());
  }

  /** Keys that nobody asked for: misspelt, or known to a later release only. */
  static void reportUnknown(
      Problems problems, String path, String shape, SpecNode.Mapping mapping, Set<String> known) {
    Map<String, String> later = NotYet.keysOf(shape);
    for (SpecNode.Entry entry : mapping.entries()) {
      String accepted = later.get(entry.key());
      if (known.contains(entry.key())) {
        continue;
      }
      if (accepted == null) {
        problems.add(entry.line(), path(path, entry.key()), unknown(entry.key(), known, later));
      } else if (!SameMeaning.of(entry.value(), accepted)) {
        problems.add(entry.line(), path(path, entry.key()), unsupported(accepted));
      }
    }
  }

  static void reportDuplicates(Problems problems, String path, SpecNode.Mapping mapping) {
    Map<String, Integer> lines = new HashMap<>();
    for (SpecNode.Entry entry : mapping.entries()) {
      Integer first = lines.putIfAbsent(entry.key(), entry.line());
      if (first != null) {
        problems.add(
            entry.line(),
            path(path, entry.key()),
            "expected each key once, it is on line " + first + " already");
      }
    }
  }

  private static String unknown(String key, Set<String> known, Map<String, String> later) {
    List<String> all = new ArrayList<>(known);
    all.addAll(later.keySet());
    return "unknown key, expected one of "
        + String.join(", ", known)
        + Nearest.to(key, all).map(near -> "; did you mean " + near + "?").orElse("");
  }

  private static String unsupported(String accepted) {
    return "not supported by this release; expected " + accepted + " or nothing";
  }
}
