package io.holdfast.supervisor.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.core.ServiceName;
import io.holdfast.core.routing.Endpoint;
import io.holdfast.core.routing.RoutingView;
import io.holdfast.core.routing.ServiceRoute;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The routing view, whole or what it says of one service. */
final class RenderView {

  private RenderView() {}

  static ObjectNode all(RoutingView view) {
    ObjectNode json = versioned(view);
    ObjectNode services = json.putObject("services");
    view.services()
        .forEach((name, route) -> services.set(name.value(), endpoints(Optional.of(route))));
    return json;
  }

  static ObjectNode one(RoutingView view, ServiceName name) {
    ObjectNode json = versioned(view);
    json.putObject("services")
        .set(name.value(), endpoints(Optional.ofNullable(view.services().get(name))));
    return json;
  }

  private static ObjectNode versioned(RoutingView view) {
    return Json.object().put("version", view.incarnation() + "-" + view.version());
  }

  private static ArrayNode endpoints(Optional<ServiceRoute> route) {
    return Json.array(
        route.map(one -> List.copyOf(one.endpoints().values())).orElse(List.of()),
        RenderView::endpoint);
  }

  private static ObjectNode endpoint(Endpoint endpoint) {
    ObjectNode json =
        Json.object()
            .put("instance", endpoint.instance().toString())
            .put("address", endpoint.address())
            .put("port", endpoint.port())
            .put("state", endpoint.state().name().toLowerCase(Locale.ROOT))
            .put("weight", endpoint.weight());
    Json.putText(json, "zone", endpoint.zone());
    return json;
  }
}
