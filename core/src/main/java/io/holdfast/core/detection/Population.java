package io.holdfast.core.detection;

import java.util.Map;

/**
 * The nodes that are not lost, as the brake counts them.
 *
 * @param nodes how many there are, suspects included
 * @param trusted how many of those that are not suspect hang on each supervisor
 */
public record Population(int nodes, Map<String, Integer> trusted) {
  public Population {
    trusted = Map.copyOf(trusted);
  }
}
