package io.holdfast.protocol.spec;

import io.holdfast.core.spec.Placement;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads where instances may go. */
final class PlacementReader {

  private PlacementReader() {}

  static Placement read(Section document) {
    return document
        .section("placement")
        .map(
            section ->
                section.build(
                    Placement.ANYWHERE,
                    () -> new Placement(labels(section, "require"), labels(section, "prefer"))))
        .orElse(Placement.ANYWHERE);
  }

  private static Map<String, String> labels(Section section, String key) {
    Map<String, String> labels = new LinkedHashMap<>();
    section
        .section(key)
        .ifPresent(
            named ->
                named
                    .keys()
                    .forEach(
                        label ->
                            named
                                .value(label, "expected text", Scalars::text)
                                .ifPresent(value -> labels.put(label, value))));
    return labels;
  }
}
