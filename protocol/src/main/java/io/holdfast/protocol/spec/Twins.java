package io.holdfast.protocol.spec;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Finds names that stand more than once in a text; services and groups share one space of them. */
final class Twins {

  private record First(int line, boolean service) {}

  private final Problems problems;
  private final Map<String, First> names = new HashMap<>();

  Twins(Problems problems) {
    this.problems = problems;
  }

  /** Looks at the next document, whether or not it is valid otherwise. */
  void report(SpecNode.Mapping document) {
    document.entry("name").ifPresent(entry -> report(entry, isService(document)));
  }

  private void report(SpecNode.Entry entry, boolean service) {
    String name = Scalars.text(entry.value()).orElse("");
    Optional.ofNullable(names.putIfAbsent(name, new First(entry.line(), service)))
        .ifPresent(
            first ->
                problems.add(
                    entry.line(),
                    "name",
                    "expected each "
                        + (service && first.service() ? "service" : "name")
                        + " once, '"
                        + name
                        + "' is on line "
                        + first.line()
                        + " already"));
  }

  private static boolean isService(SpecNode.Mapping document) {
    return document
        .entry("kind")
        .flatMap(entry -> Scalars.text(entry.value()))
        .map(Scalars.word(Kind.SERVICE)::equals)
        .orElse(true);
  }
}
