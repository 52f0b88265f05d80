package io.holdfast.protocol.wire;

import io.holdfast.core.spec.BalancingPolicy;
import io.holdfast.core.spec.Entrance;
import io.holdfast.core.spec.RetryPolicy;
import io.holdfast.core.spec.RoutingPolicy;
import io.holdfast.protocol.routing.ListenMode;
import java.util.Optional;
import java.util.function.Predicate;

/** How requests reach a service, to and from the wire. */
final class PolicyWire {

  private PolicyWire() {}

  static io.holdfast.protocol.routing.RoutingPolicy toWire(RoutingPolicy policy) {
    var wire =
        io.holdfast.protocol.routing.RoutingPolicy.newBuilder()
            .setPolicy(balancing(policy.policy()))
            .setTimeout(WireTime.duration(policy.timeout()))
            .setConnectTimeout(WireTime.duration(policy.connectTimeout()))
            .setMaxRetries(policy.retries().max())
            .setRetryBudget(policy.retries().budget())
            .setSlowStart(WireTime.duration(policy.slowStart()))
            .setMinRetriesPerSecond(policy.retries().minPerSecond());
    policy.host().ifPresent(wire::setHost);
    OutlierWire.write(policy, wire);
    policy
        .entrance()
        .own()
        .ifPresent(own -> wire.setListen(own.port()).setListenMode(mode(own.mode())));
    return wire.build();
  }

  static RoutingPolicy fromWire(io.holdfast.protocol.routing.RoutingPolicy wire) {
    return new RoutingPolicy(
        balancing(wire.getPolicy()),
        Optional.of(wire.getHost()).filter(Predicate.not(String::isBlank)),
        WireTime.duration(wire.getTimeout()),
        WireTime.duration(wire.getConnectTimeout()),
        OutlierWire.tryTimeout(wire),
        new RetryPolicy(
            wire.getMaxRetries(),
            wire.getRetryBudget(),
            wire.getMinRetriesPerSecond(),
            OutlierWire.retryOn(wire),
            OutlierWire.hedging(wire)),
        OutlierWire.outlier(wire),
        WireTime.duration(wire.getSlowStart()),
        entrance(wire));
  }

  private static Entrance entrance(io.holdfast.protocol.routing.RoutingPolicy wire) {
    return wire.getListen() == 0
        ? Entrance.shared()
        : new Entrance.Own(wire.getListen(), mode(wire.getListenMode()));
  }

  private static ListenMode mode(Entrance.Mode mode) {
    return switch (mode) {
      case HTTP -> ListenMode.LISTEN_MODE_HTTP;
      case TCP -> ListenMode.LISTEN_MODE_TCP;
    };
  }

  private static Entrance.Mode mode(ListenMode mode) {
    return switch (mode) {
      case LISTEN_MODE_HTTP -> Entrance.Mode.HTTP;
      case LISTEN_MODE_TCP -> Entrance.Mode.TCP;
      case LISTEN_MODE_UNSPECIFIED, UNRECOGNIZED -> throw Wire.nonsense("a known mode to listen");
    };
  }

  private static io.holdfast.protocol.routing.BalancingPolicy balancing(BalancingPolicy policy) {
    return switch (policy) {
      case P2C_EWMA -> io.holdfast.protocol.routing.BalancingPolicy.BALANCING_POLICY_P2C_EWMA;
      case LEAST_REQUEST ->
          io.holdfast.protocol.routing.BalancingPolicy.BALANCING_POLICY_LEAST_REQUEST;
      case ROUND_ROBIN -> io.holdfast.protocol.routing.BalancingPolicy.BALANCING_POLICY_ROUND_ROBIN;
      case WEIGHTED -> io.holdfast.protocol.routing.BalancingPolicy.BALANCING_POLICY_WEIGHTED;
      case MAGLEV -> io.holdfast.protocol.routing.BalancingPolicy.BALANCING_POLICY_MAGLEV;
      case RANDOM -> io.holdfast.protocol.routing.BalancingPolicy.BALANCING_POLICY_RANDOM;
    };
  }

  private static BalancingPolicy balancing(io.holdfast.protocol.routing.BalancingPolicy policy) {
    return switch (policy) {
      case BALANCING_POLICY_P2C_EWMA -> BalancingPolicy.P2C_EWMA;
      case BALANCING_POLICY_LEAST_REQUEST -> BalancingPolicy.LEAST_REQUEST;
      case BALANCING_POLICY_ROUND_ROBIN -> BalancingPolicy.ROUND_ROBIN;
      case BALANCING_POLICY_WEIGHTED -> BalancingPolicy.WEIGHTED;
      case BALANCING_POLICY_MAGLEV -> BalancingPolicy.MAGLEV;
      case BALANCING_POLICY_RANDOM -> BalancingPolicy.RANDOM;
      case BALANCING_POLICY_UNSPECIFIED, UNRECOGNIZED ->
          throw Wire.nonsense("a known balancing policy");
    };
  }
}
