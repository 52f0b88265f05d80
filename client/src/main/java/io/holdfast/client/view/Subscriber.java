package io.holdfast.client.view;

import io.holdfast.core.routing.Endpoint;

/**
 * Who follows the view.
 *
 * @param name tells the supervisor, and whoever reads its log, who this is
 * @param zone from which requests are made; blank when that does not matter
 */
public record Subscriber(String name, String zone) {

  public static Subscriber named(String name) {
    return new Subscriber(name, "");
  }

  /** One without a zone is as near as any. */
  boolean isNear(Endpoint endpoint) {
    return zone.isBlank() || endpoint.zone().isBlank() || zone.equals(endpoint.zone());
  }
}
