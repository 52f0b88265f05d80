package io.holdfast.core.routing;

import io.holdfast.core.InstanceId;
import io.holdfast.core.NodeId;
import java.time.Instant;

/**
 * Where one instance takes traffic.
 *
 * @param weight relative share, from 1; 100 is usual
 * @param zone of its node; blank when the node has none
 * @param readySince by the clock of the supervisor; {@link Instant#EPOCH} when not known
 */
public record Endpoint(
    InstanceId instance,
    NodeId node,
    String address,
    int port,
    EndpointState state,
    int weight,
    String zone,
    Instant readySince) {

  public static final int USUAL_WEIGHT = 100;

  public Endpoint with(EndpointState next) {
    return new Endpoint(instance, node, address, port, next, weight, zone, readySince);
  }
}
