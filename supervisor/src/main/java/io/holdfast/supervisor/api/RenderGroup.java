package io.holdfast.supervisor.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.protocol.spec.SpecWriter;

/** A group, short and long. */
final class RenderGroup {

  private RenderGroup() {}

  static ObjectNode status(GroupDetail group) {
    ObjectNode json =
        Json.object()
            .put("name", group.spec().name().value())
            .put("version", group.version())
            .put("state", group.state());
    json.set("children", Json.texts(group.spec().children()));
    group.parent().ifPresent(parent -> json.put("parent", parent.value()));
    return json;
  }

  static ObjectNode detail(GroupDetail group) {
    ObjectNode json = status(group);
    json.set("spec", SpecWriter.tree(group.spec()));
    json.set("children", Json.array(group.children(), RenderGroup::child));
    group.doing().ifPresent(why -> json.put("doing", why));
    return json;
  }

  private static ObjectNode child(GroupDetail.ChildStatus child) {
    return Json.object()
        .put("kind", child.kind())
        .put("name", child.name())
        .put("stage", child.stage());
  }
}
