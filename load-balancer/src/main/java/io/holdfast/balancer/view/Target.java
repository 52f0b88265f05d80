package io.holdfast.balancer.view;

import io.holdfast.core.InstanceId;
import io.holdfast.core.balancing.Candidate;
import io.holdfast.core.routing.Endpoint;
import io.holdfast.core.routing.EndpointState;

/** One endpoint of one table, with what is known of the traffic on its instance. */
public final class Target implements Candidate {

  private final Endpoint endpoint;
  private final Traffic traffic;

  Target(Endpoint endpoint, Traffic traffic) {
    this.endpoint = endpoint;
    this.traffic = traffic;
  }

  public Endpoint endpoint() {
    return endpoint;
  }

  Traffic traffic() {
    return traffic;
  }

  @Override
  public InstanceId instance() {
    return endpoint.instance();
  }

  @Override
  public EndpointState state() {
    return endpoint.state();
  }

  @Override
  public int weight() {
    return Math.max(1, endpoint.weight());
  }

  @Override
  public int inFlight() {
    return traffic.inFlight();
  }

  @Override
  public double latency(long nowNanos) {
    return traffic.latency(nowNanos);
  }

  @Override
  public String toString() {
    return endpoint.toString();
  }
}
