package io.holdfast.core.placement;

import io.holdfast.core.NodeId;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A node as placement sees it.
 *
 * @param accepting connected, and neither draining nor leaving
 * @param load instances on it, of every service
 */
public record Candidate(NodeId node, Map<String, String> labels, boolean accepting, int load) {

  public Candidate {
    labels = Collections.unmodifiableMap(new TreeMap<>(labels));
  }
}
