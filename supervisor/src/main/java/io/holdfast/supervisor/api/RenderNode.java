package io.holdfast.supervisor.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.core.HostUsage;
import io.holdfast.protocol.spec.DurationText;
import java.time.temporal.ChronoUnit;

/**
 * A host. Memory and disk are in bytes, pressure in percent; a heartbeat's age is a duration like
 * 312ms.
 */
final class RenderNode {

  private RenderNode() {}

  static ObjectNode node(NodeStatus node) {
    ObjectNode json = Json.object().put("id", node.id().value()).put("state", node.state());
    Json.putText(json, "address", node.address());
    Json.putText(json, "zone", node.zone());
    node.labels().forEach(json.putObject("labels")::put);
    node.attributes().forEach(json.putObject("attributes")::put);
    json.putObject("capacity").put("cpu", node.cpus()).put("memory", node.memoryBytes());
    ObjectNode used = json.putObject("used").put("instances", node.instances().size());
    NodeStatus.Reserved reserved = node.reserved();
    json.putObject("reserved")
        .put("places", reserved.places())
        .put("memory", reserved.memory())
        .put("cpu", reserved.cpu() / 1_000.0);
    node.usage().ifPresent(usage -> usage(node, usage, json, used));
    node.heartbeatAge()
        .map(age -> DurationText.write(age.truncatedTo(ChronoUnit.MILLIS)))
        .ifPresent(age -> json.put("heartbeatAge", age));
    json.set("instances", Json.texts(node.instances()));
    return json;
  }

  private static void usage(NodeStatus node, HostUsage usage, ObjectNode json, ObjectNode used) {
    used.put("memory", Math.max(0, node.memoryBytes() - usage.memoryAvailable()));
    used.put("diskFree", usage.diskFree());
    ObjectNode pressure = json.putObject("pressure");
    usage.cpuPressure().ifPresent(percent -> pressure.put("cpu", percent));
    pressure.put("load", usage.load());
  }
}
