package io.holdfast.core.spec;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where instances may go.
 *
 * @param require labels a node must have
 * @param prefer labels that make a node better
 */
public record Placement(Map<String, String> require, Map<String, String> prefer) {

  public static final Placement ANYWHERE = new Placement(Map.of(), Map.of());

  public Placement {
    require = Collections.unmodifiableMap(new TreeMap<>(require));
    prefer = Collections.unmodifiableMap(new TreeMap<>(prefer));
  }
}
