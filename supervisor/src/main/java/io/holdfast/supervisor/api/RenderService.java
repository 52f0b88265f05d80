package io.holdfast.supervisor.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.core.instance.Usage;
import io.holdfast.protocol.spec.SpecWriter;
import io.holdfast.supervisor.api.ServiceDetail.InstanceStatus;

/** A service, short and long. */
final class RenderService {

  private RenderService() {}

  static ObjectNode status(ServiceStatus status) {
    return Json.object()
        .put("name", status.name().value())
        .put("version", status.version())
        .put("state", status.state())
        .put("desired", status.desired())
        .put("ready", status.ready())
        .put("standby", status.standby())
        .put("restarts", status.restarts())
        .put("paused", status.paused());
  }

  static ObjectNode detail(ServiceDetail detail) {
    ObjectNode json = status(detail.status());
    json.set("spec", SpecWriter.tree(detail.spec()));
    json.set("instances", Json.array(detail.instances(), RenderService::instance));
    json.set("incidents", Json.array(detail.incidents(), RenderIncident::incident));
    json.set("waitingFor", Json.texts(detail.waitingFor()));
    return json;
  }

  private static ObjectNode instance(InstanceStatus instance) {
    ObjectNode json =
        Json.object()
            .put("id", instance.id().toString())
            .put("slot", instance.id().slot())
            .put("epoch", instance.id().epoch())
            .put("node", instance.node().value())
            .put("role", instance.standby() ? "standby" : "active")
            .put("state", instance.state());
    instance.pid().ifPresent(pid -> json.put("pid", pid));
    Json.putText(json, "address", instance.address());
    instance.ports().forEach(json.putObject("ports")::put);
    instance.startedAt().ifPresent(at -> json.put("startedAt", Json.time(at)));
    instance.readyAt().ifPresent(at -> json.put("readyAt", Json.time(at)));
    json.put("restarts", instance.restarts());
    instance.usage().ifPresent(usage -> json.set("usage", usage(usage)));
    instance.lastExit().ifPresent(exit -> json.set("lastExit", RenderExit.exit(exit)));
    return json;
  }

  /** CPU in seconds since the launch, memory in bytes. */
  private static ObjectNode usage(Usage usage) {
    ObjectNode json =
        Json.object()
            .put("cpu", usage.cpu().toMillis() / 1000.0)
            .put("memory", usage.memoryBytes());
    usage.descriptors().ifPresent(open -> json.put("descriptors", open));
    return json.put("threads", usage.threads());
  }
}
