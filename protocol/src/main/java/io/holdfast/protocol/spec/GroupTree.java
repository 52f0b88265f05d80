package io.holdfast.protocol.spec;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.core.spec.GroupSpec;

/** Writes what happens when a child of a group cannot help itself, and who the children are. */
final class GroupTree {

  private GroupTree() {}

  static void write(GroupSpec spec, ObjectNode into) {
    new Part(into)
        .with("strategy", spec.strategy(), GroupReader.USUAL_STRATEGY)
        .with("intensity", spec.intensity(), GroupSpec.USUAL_INTENSITY)
        .with("period", spec.period(), GroupSpec.USUAL_PERIOD);
    spec.children().forEach(into.putArray("children")::add);
  }
}
