package io.holdfast.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.core.InstanceId;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What one version of a routing view shows.
 *
 * @param endpoints of all services
 */
record Shown(SortedMap<InstanceId, Endpoint> endpoints) {

  /**
   * One of them.
   *
   * @param state as the API words it
   */
  record Endpoint(String address, String state) {
    boolean isUsable() {
      return state.equals("ok");
    }

    boolean isSuspect() {
      return state.equals("suspect");
    }
  }

  static Shown nothing() {
    return new Shown(new TreeMap<>());
  }

  /** As {@code GET /v1/routes} tells it. */
  static Shown of(JsonNode json) {
    SortedMap<InstanceId, Endpoint> endpoints = new TreeMap<>();
    for (JsonNode service : json.path("services")) {
      for (JsonNode each : service) {
        InstanceId.parse(each.path("instance").asText())
            .ifPresent(
                id ->
                    endpoints.put(
                        id,
                        new Endpoint(each.path("address").asText(), each.path("state").asText())));
      }
    }
    return new Shown(endpoints);
  }

  /** Those that may be picked. */
  Stream<InstanceId> usable() {
    return endpoints.keySet().stream().filter(id -> endpoint(id).isUsable());
  }

  Stream<InstanceId> usableAt(String address) {
    return usable().filter(id -> endpoint(id).address().equals(address));
  }

  Stream<InstanceId> usableElsewhere(String address) {
    return usable().filter(id -> !endpoint(id).address().equals(address));
  }

  private Endpoint endpoint(InstanceId id) {
    return Optional.ofNullable(endpoints.get(id)).orElseThrow();
  }
}
