package io.holdfast.core.routing;

import io.holdfast.core.ServiceName;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The whole routing table at one version.
 *
 * @param incarnation of the hub that numbers the versions; versions of two incarnations do not
 *     compare
 * @param version rises with every change, from 1; 0 is the view of a hub that knows nothing yet
 */
public record RoutingView(
    String incarnation, long version, SortedMap<ServiceName, ServiceRoute> services) {

  public RoutingView {
    services = Collections.unmodifiableSortedMap(new TreeMap<>(services));
  }

  public static RoutingView empty(String incarnation) {
    return new RoutingView(incarnation, 0, Collections.emptySortedMap());
  }
}
