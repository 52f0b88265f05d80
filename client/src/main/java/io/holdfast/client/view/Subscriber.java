package io.holdfast.client.view;

import io.holdfast.core.routing.Endpoint;

/**
 * Who follows the view.
 *
 * @param name tells the supervisor, and whoever reads its log, who this is
 * @param zone from which requests are made; blank when that does not matter
 * @param checks connects to endpoints that the supervisor wants to know about
 */
public record Subscriber(String name, String zone, boolean checks) {

  public static Subscriber named(String name) {
    return new Subscriber(name, "", false);
  }

  public Subscriber in(String place) {
    return new Subscriber(name, place, checks);
  }

  /** One that may open connections that no request asked for. */
  public Subscriber thatChecks() {
    return new Subscriber(name, zone, true);
  }

  /** One without a zone is as near as any. */
  boolean isNear(Endpoint endpoint) {
    return zone.isBlank() || endpoint.zone().isBlank() || zone.equals(endpoint.zone());
  }
}
