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
 * @param room what is left of it for those who ask for a share
 * @param standing why it is not accepting, as something that is said of it
 */
public record Candidate(
    NodeId node,
    Map<String, String> labels,
    boolean accepting,
    boolean draining,
    int load,
    Room room,
    String standing) {

  /** The label that names the failure domain of a node. */
  public static final String ZONE = "zone";

  public static final String IS_DRAINING = "is draining";

  private static final String CLOSED = "takes no instances now";

  public Candidate {
    labels = Collections.unmodifiableMap(new TreeMap<>(labels));
  }

  /** One of which nothing more is known, and which therefore has room for anything. */
  public Candidate(
      NodeId node, Map<String, String> labels, boolean accepting, boolean draining, int load) {
    this(node, labels, accepting, draining, load, Room.UNLIMITED, draining ? IS_DRAINING : CLOSED);
  }

  /** The same with so many instances more. */
  public Candidate with(int more) {
    return more == 0
        ? this
        : new Candidate(node, labels, accepting, draining, load + more, room, standing);
  }

  /** Whether another state of the same node differs in nothing but what is on it. */
  public boolean differsInLoadOnly(Candidate other) {
    return node.equals(other.node())
        && accepting == other.accepting()
        && draining == other.draining()
        && standing.equals(other.standing())
        && labels.equals(other.labels());
  }

  /** Why it may not take an instance, as something that is said of it; empty when it may. */
  public Optional<String> refusal(Placement placement) {
    if (draining || !accepting) {
      return Optional.of(standing);
    }
    for (Map.Entry<String, String> label : placement.require().entrySet()) {
      if (!has(label)) {
        return Optional.of("has no label " + label.getKey() + "=" + label.getValue());
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
