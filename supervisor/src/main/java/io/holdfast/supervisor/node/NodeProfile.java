package io.holdfast.supervisor.node;

import io.holdfast.core.placement.Share;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an agent says about its host.
 *
 * @param address where its instances are reached
 * @param zone blank when it has none
 * @param takesBudgets it may be trusted to restart by itself within a budget
 * @param attributes what its host can do for instances, by name
 */
public record NodeProfile(
    String address,
    String zone,
    Map<String, String> labels,
    int cpus,
    long memoryBytes,
    String bootId,
    String agentVersion,
    boolean takesBudgets,
    Map<String, String> attributes) {

  public NodeProfile {
    labels = Collections.unmodifiableMap(new TreeMap<>(labels));
    attributes = Collections.unmodifiableMap(new TreeMap<>(attributes));
  }

  /** All of the host; nothing as far as its agent does not say. */
  Share size() {
    return new Share(memoryBytes, 1_000L * cpus);
  }
}
