package io.holdfast.supervisor.node;

import java.util.Optional;

/**
 * What has been heard of a node last, whether it is recorded or the journal was away.
 *
 * @param profile as its agent introduced itself; empty before any has since this actor started
 */
record NodeNews(Optional<NodeProfile> profile, NodeCondition condition, String why) {

  static NodeNews connected(NodeProfile profile) {
    return new NodeNews(Optional.of(profile), NodeCondition.READY, "its agent connected");
  }

  NodeNews with(NodeCondition next, String reason) {
    return new NodeNews(profile, next, reason);
  }
}
