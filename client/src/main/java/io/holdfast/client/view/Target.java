package io.holdfast.client.view;

import io.holdfast.core.InstanceId;
import io.holdfast.core.balancing.Candidate;
import io.holdfast.core.balancing.Outcome;
import io.holdfast.core.balancing.Rank;
import io.holdfast.core.balancing.WarmUp;
import io.holdfast.core.routing.Endpoint;
import io.holdfast.core.routing.EndpointState;

/** One endpoint of one table, with what is known of the traffic on its instance. */
public final class Target implements Candidate {

  private final Endpoint endpoint;
  private final Rank rank;
  private final boolean near;
  private final WarmUp warmUp;
  private final boolean onTrial;
  private final Traffic traffic;

  private Target(
      Endpoint endpoint, Rank rank, boolean near, WarmUp warmUp, boolean onTrial, Traffic traffic) {
    this.near = near;
    this.warmUp = warmUp;
    this.endpoint = endpoint;
    this.rank = rank;
    this.onTrial = onTrial;
    this.traffic = traffic;
  }

  static Target of(Endpoint endpoint, Rank rank, boolean near, WarmUp warmUp, Traffic traffic) {
    return new Target(endpoint, rank, near, warmUp, false, traffic);
  }

  /** The same endpoint for the one request with which it proves itself. */
  Target forTrial() {
    return new Target(endpoint, rank, near, warmUp, true, traffic);
  }

  public Endpoint endpoint() {
    return endpoint;
  }

  Traffic traffic() {
    return traffic;
  }

  boolean isDraining() {
    return endpoint.state() == EndpointState.DRAINING;
  }

  void observe(long tookNanos, Outcome outcome, long nowNanos) {
    traffic.observe(tookNanos, outcome, nowNanos);
    traffic.heard(nowNanos);
    if (onTrial) {
      traffic.trial().decided(outcome == Outcome.ANSWERED);
    }
  }

  /** It has ended without showing anything. */
  void unobserved(long nowNanos) {
    traffic.heard(nowNanos);
    if (onTrial) {
      traffic.trial().undecided(nowNanos);
    }
  }

  boolean isOnTrial() {
    return onTrial;
  }

  @Override
  public InstanceId instance() {
    return endpoint.instance();
  }

  @Override
  public Rank rank() {
    return rank;
  }

  @Override
  public boolean isNear() {
    return near;
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
  public double warmth(long nowNanos) {
    return warmUp.at(nowNanos);
  }

  @Override
  public boolean isFull() {
    return traffic.isFull();
  }

  @Override
  public boolean claimTrial(boolean repeatable, long nowNanos) {
    return traffic.trial().claim(repeatable, nowNanos);
  }

  @Override
  public String toString() {
    return endpoint.toString();
  }
}
