package io.holdfast.core.placement;

import io.holdfast.core.NodeId;
import io.holdfast.core.spec.Placement;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A node as placement sees it.
 *
 * @param accepting connected, and neither draining nor leaving
 * @param draining its instances are to move away; it is not accepting then
 * @param load instances on it, of every service
 */
public record Candidate(
    NodeId node, Map<String, String> labels, boolean accepting, boolean draining, int load) {

  /** The label that names the failure domain of a node. */
  public static final String ZONE = "zone";

  public Candidate {
    labels = Collections.unmodifiableMap(new TreeMap<>(labels));
  }

  /** The same with so many instances more. */
  public Candidate with(int more) {
    return more == 0 ? this : new Candidate(node, labels, accepting, draining, load + more);
  }

  /** Why it may not take an instance; empty when it may. */
  public Optional<String> refusal(Placement placement) {
    if (draining) {
      return Optional.of("node " + node + " is draining");
    }
    if (!accepting) {
      return Optional.of("node " + node + " takes no instances now");
    }
    for (Map.Entry<String, String> label : placement.require().entrySet()) {
      if (!has(label)) {
        return Optional.of(
            "node " + node + " has no label " + label.getKey() + "=" + label.getValue());
      }
    }
    return Optional.empty();
  }

  boolean has(Map.Entry<String, String> label) {
    return label.getValue().equals(labels.get(label.getKey()));
  }

  /** Blank when it has none. */
  String zone() {
    return labels.getOrDefault(ZONE, "");
  }
}
