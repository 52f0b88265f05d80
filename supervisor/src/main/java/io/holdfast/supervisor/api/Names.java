package io.holdfast.supervisor.api;

import io.holdfast.core.GroupName;
import io.holdfast.core.NodeId;
import io.holdfast.core.ServiceName;

/** Names in paths; one that cannot be a name is one that nothing has. */
final class Names {

  private Names() {}

  static ServiceName service(String name) {
    if (!ServiceName.isValid(name)) {
      throw new Refusal(unknownService(name));
    }
    return new ServiceName(name);
  }

  static GroupName group(String name) {
    if (!ServiceName.isValid(name)) {
      throw new Refusal(unknownGroup(name));
    }
    return new GroupName(name);
  }

  static NodeId node(String id) {
    try {
      return new NodeId(id);
    } catch (IllegalArgumentException e) {
      throw new Refusal(unknownNode(id));
    }
  }

  static Problem unknownService(String name) {
    return Problem.notFound("There is no service '" + name + "'.");
  }

  static Problem unknownGroup(String name) {
    return Problem.notFound("There is no group '" + name + "'.");
  }

  static Problem unknownNode(String id) {
    return Problem.notFound("There is no node '" + id + "'.");
  }
}
