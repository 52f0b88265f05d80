package io.holdfast.supervisor.node;

import io.holdfast.core.placement.Share;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What an agent says about its host.
 *
 * @param address where its instances are reached
 * @param zone blank when it has none
 * @param takesBudgets it may be trusted to restart by itself within a budget
 * @param attributes what its host can do for instances, by name
 * @param identity of the data directory in which the agent notes what it has launched; empty when
 *     an earlier release does not say
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
    Map<String, String> attributes,
    Optional<String> identity) {

  public NodeProfile {
    labels = Collections.unmodifiableMap(new TreeMap<>(labels));
    attributes = Collections.unmodifiableMap(new TreeMap<>(attributes));
  }

  /**
   * With the identity it had before where it says none, as after a return to an earlier release.
   */
  NodeProfile after(Optional<NodeProfile> before) {
    return new NodeProfile(
        address,
        zone,
        labels,
        cpus,
        memoryBytes,
        bootId,
        agentVersion,
        takesBudgets,
        attributes,
        identity.or(() -> before.flatMap(NodeProfile::identity)));
  }

  /** Whether its agent cannot know what was launched by that of {@code before}. */
  boolean isOther(NodeProfile before) {
    return identity.isPresent() && before.identity.isPresent() && !identity.equals(before.identity);
  }

  /** All of the host; nothing as far as its agent does not say. */
  Share size() {
    return new Share(memoryBytes, 1_000L * cpus);
  }
}
