package io.holdfast.protocol.spec;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a specification may say one day and this release cannot honour yet.
 *
 * <p>Such a key is accepted with the value that describes what this release does, and refused with
 * any other, so nothing is promised that is not kept. What a release learns, it deletes here.
 */
final class NotYet {

  private static final Map<String, Map<String, String>> KEYS =
      Map.ofEntries(
          keys("standby", "mode", "warm"),
          keys("placement", "spread", "node"),
          keys("rollout", "maxSurge", "1", "maxUnavailable", "0"));

  private NotYet() {}

  /** The keys of a part of the specification, with the value that is accepted. */
  static Map<String, String> keysOf(String shape) {
    return KEYS.getOrDefault(shape, Map.of());
  }

  private static Map.Entry<String, Map<String, String>> keys(String shape, String... pairs) {
    Map<String, String> keys = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      keys.put(pairs[i], pairs[i + 1]);
    }
    return Map.entry(shape, keys);
  }
}
