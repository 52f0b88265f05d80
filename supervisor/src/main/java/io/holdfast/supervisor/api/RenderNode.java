package io.holdfast.supervisor.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.protocol.spec.DurationText;
import java.time.temporal.ChronoUnit;

/** A host. Memory is in bytes; a heartbeat's age is a duration like 312ms. */
final class RenderNode {

  private RenderNode() {}

  static ObjectNode node(NodeStatus node) {
    ObjectNode json = Json.object().put("id", node.id().value()).put("state", node.state());
    Json.putText(json, "address", node.address());
    Json.putText(json, "zone", node.zone());
    node.labels().forEach(json.putObject("labels")::put);
    node.attributes().forEach(json.putObject("attributes")::put);
    json.putObject("capacity").put("cpu", node.cpus()).put("memory", node.memoryBytes());
    json.putObject("used").put("instances", node.instances().size());
    node.heartbeatAge()
        .map(age -> DurationText.write(age.truncatedTo(ChronoUnit.MILLIS)))
        .ifPresent(age -> json.put("heartbeatAge", age));
    json.set("instances", Json.texts(node.instances()));
    return json;
  }
}
