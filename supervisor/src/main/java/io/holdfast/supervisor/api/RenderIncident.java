package io.holdfast.supervisor.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.core.instance.ExitCause;
import io.holdfast.core.supervision.Deed;
import io.holdfast.core.supervision.Incident;

/** What went wrong, what was seen, what was done about it and why. */
final class RenderIncident {

  private RenderIncident() {}

  static ObjectNode incident(Incident incident) {
    ObjectNode json =
        Json.object()
            .put("incident", incident.id())
            .put("at", Json.time(incident.at()))
            .put("summary", incident.summary())
            .put("cause", incident.cause());
    json.set("evidence", evidence(incident));
    json.set("decisions", Json.array(incident.deeds(), RenderIncident::deed));
    json.put("failures", incident.failures());
    incident.restoredAt().ifPresent(at -> json.put("restoredAt", Json.time(at)));
    return json;
  }

  /** Of one service among others. */
  static ObjectNode listed(Incident incident) {
    ObjectNode json = Json.object().put("service", incident.instance().service().value());
    json.setAll(incident(incident));
    return json;
  }

  private static ObjectNode evidence(Incident incident) {
    ObjectNode json = Json.object();
    incident
        .exit()
        .ifPresent(
            exit -> {
              ObjectNode seen = RenderExit.exit(exit);
              json.set("log", seen.remove("log"));
              json.set("exit", seen);
            });
    boolean byRequests =
        incident.exit().filter(exit -> exit.cause() == ExitCause.THRESHOLDS).isPresent();
    Json.putText(json, byRequests ? "outcomes" : "probe", incident.probe());
    return json;
  }

  private static ObjectNode deed(Deed deed) {
    ObjectNode json = Json.object().put("at", Json.time(deed.at())).put("did", deed.did());
    Json.putText(json, "because", deed.because());
    return json;
  }
}
