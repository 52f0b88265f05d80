package io.holdfast.protocol.wire;

import io.holdfast.core.balancing.Latencies;
import io.holdfast.core.balancing.Tally;
import io.holdfast.core.detection.Outcomes;
import io.holdfast.core.detection.Seen;
import io.holdfast.protocol.routing.EndpointOutcomes;
import io.holdfast.protocol.routing.LatencyCount;
import java.time.Duration;
import java.util.List;

/** How requests have ended, as a balancer says it. */
public final class OutcomesWire {

  private OutcomesWire() {}

  public static io.holdfast.protocol.routing.Outcomes toWire(Outcomes outcomes) {
    return io.holdfast.protocol.routing.Outcomes.newBuilder()
        .setObserver(outcomes.observer())
        .setOver(WireTime.duration(outcomes.over()))
        .addAllEndpoints(outcomes.seen().stream().map(OutcomesWire::endpoint).toList())
        .build();
  }

  /**
   * What {@link #toWire} was given.
   *
   * @throws IllegalArgumentException for what no balancer could mean
   */
  public static Outcomes fromWire(io.holdfast.protocol.routing.Outcomes wire) {
    Wire.expect(!wire.getObserver().isBlank(), "an observer");
    return new Outcomes(
        wire.getObserver(),
        WireTime.duration(wire.getOver()),
        wire.getEndpointsList().stream().map(OutcomesWire::seen).toList());
  }

  private static EndpointOutcomes endpoint(Seen seen) {
    EndpointOutcomes.Builder wire =
        EndpointOutcomes.newBuilder()
            .setInstance(EndpointWire.ref(seen.instance()))
            .setRequests(seen.tally().total())
            .setFailures(seen.tally().failed())
            .setEjections(seen.ejections());
    if (!seen.ejected().isZero()) {
      wire.setEjected(WireTime.duration(seen.ejected()));
    }
    for (int bucket = 0; bucket < Latencies.BUCKETS; bucket++) {
      int count = seen.latencies().count(bucket);
      if (count > 0) {
        wire.addLatencies(LatencyCount.newBuilder().setBucket(bucket).setCount(count));
      }
    }
    return wire.build();
  }

  private static Seen seen(EndpointOutcomes wire) {
    Wire.expect(
        wire.getFailures() >= 0 && wire.getFailures() <= wire.getRequests(),
        "no more failures than requests");
    Wire.expect(wire.getRequests() <= Integer.MAX_VALUE, "a number of requests that fits");
    Wire.expect(wire.getEjections() >= 0, "a number of ejections from 0");
    Duration ejected = WireTime.duration(wire.getEjected());
    Wire.expect(!ejected.isNegative(), "a time from 0");
    return new Seen(
        EndpointWire.id(wire.getInstance()),
        new Tally(wire.getRequests() - wire.getFailures(), wire.getFailures()),
        latencies(wire.getLatenciesList()),
        wire.getEjections(),
        ejected);
  }

  private static Latencies latencies(List<LatencyCount> wire) {
    if (wire.isEmpty()) {
      return Latencies.NONE;
    }
    int[] counts = new int[Latencies.BUCKETS];
    for (LatencyCount one : wire) {
      Wire.expect(
          one.getBucket() >= 0 && one.getBucket() < Latencies.BUCKETS && one.getCount() > 0,
          "counts in buckets from 0 to " + (Latencies.BUCKETS - 1));
      counts[one.getBucket()] = one.getCount();
    }
    return Latencies.read(bucket -> counts[bucket]);
  }
}
