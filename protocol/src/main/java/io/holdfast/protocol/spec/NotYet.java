package io.holdfast.protocol.spec;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a specification may say one day and this release cannot honour yet.
 *
 * <p>Such a key is accepted with the value that describes what this release does, and refused with
 * any other, so nothing is promised that is not kept. What a release learns, it deletes here.
 */
final class NotYet {

  /** Stands for a key whose only true value is its absence. */
  private static final String NOTHING = "";

  private static final Map<String, Map<String, String>> KEYS =
      Map.ofEntries(
          keys("standby", "mode", "warm"),
          keys("health", "thresholds", NOTHING),
          keys("placement", "spread", "node"),
          keys(
              "rollout",
              "maxSurge",
              "1",
              "maxUnavailable",
              "0",
              "canary",
              "0",
              "autoRevert",
              "true"));

  private NotYet() {}

  /** The keys of a part of the specification, with the value that is accepted, if any is. */
  static Map<String, Optional<String>> keysOf(String shape) {
    Map<String, Optional<String>> keys = new LinkedHashMap<>();
    KEYS.getOrDefault(shape, Map.of())
        .forEach((key, value) -> keys.put(key, Optional.of(value).filter(v -> !v.isEmpty())));
    return keys;
  }

  private static Map.Entry<String, Map<String, String>> keys(String shape, String... pairs) {
    Map<String, String> keys = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      keys.put(pairs[i], pairs[i + 1]);
    }
    return Map.entry(shape, keys);
  }
}
