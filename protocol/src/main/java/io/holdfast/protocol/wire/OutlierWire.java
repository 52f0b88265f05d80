package io.holdfast.protocol.wire;

import io.holdfast.core.spec.Hedging;
import io.holdfast.core.spec.OutlierPolicy;
import io.holdfast.core.spec.RetryOn;
import io.holdfast.core.spec.RoutingPolicy;
import io.holdfast.core.spec.TryTimeout;
import io.holdfast.protocol.routing.Hedge;
import io.holdfast.protocol.routing.Outlier;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;

/** When a try is given up and an endpoint is taken out; absent in what older hubs send. */
final class OutlierWire {

  private OutlierWire() {}

  static void write(RoutingPolicy policy, io.holdfast.protocol.routing.RoutingPolicy.Builder wire) {
    switch (policy.tryTimeout()) {
      case TryTimeout.Learned _ -> wire.clearTryTimeout();
      case TryTimeout.Fixed(Duration limit) -> wire.setTryTimeout(WireTime.duration(limit));
    }
    wire.setOutlier(
        Outlier.newBuilder()
            .setConsecutiveConnect(policy.outlier().consecutiveConnect())
            .setFailureRate(policy.outlier().failureRate())
            .setBaseEjection(WireTime.duration(policy.outlier().baseEjection()))
            .setMaxEjection(WireTime.duration(policy.outlier().maxEjection())));
    policy.retries().on().forEach(on -> wire.addRetryOn(retryOn(on)));
    switch (policy.retries().hedge()) {
      case Hedging.Off() -> wire.clearHedge();
      case Hedging.Learned() -> wire.setHedge(Hedge.getDefaultInstance());
      case Hedging.After(Duration delay) ->
          wire.setHedge(Hedge.newBuilder().setAfter(WireTime.duration(delay)));
    }
  }

  static Hedging hedging(io.holdfast.protocol.routing.RoutingPolicy wire) {
    if (!wire.hasHedge()) {
      return new Hedging.Off();
    }
    return wire.getHedge().hasAfter()
        ? new Hedging.After(WireTime.duration(wire.getHedge().getAfter()))
        : new Hedging.Learned();
  }

  static TryTimeout tryTimeout(io.holdfast.protocol.routing.RoutingPolicy wire) {
    return wire.hasTryTimeout()
        ? new TryTimeout.Fixed(WireTime.duration(wire.getTryTimeout()))
        : new TryTimeout.Learned();
  }

  static OutlierPolicy outlier(io.holdfast.protocol.routing.RoutingPolicy wire) {
    if (!wire.hasOutlier()) {
      return OutlierPolicy.DEFAULT;
    }
    Outlier outlier = wire.getOutlier();
    return new OutlierPolicy(
        outlier.getConsecutiveConnect(),
        outlier.getFailureRate(),
        WireTime.duration(outlier.getBaseEjection()),
        WireTime.duration(outlier.getMaxEjection()));
  }

  static Set<RetryOn> retryOn(io.holdfast.protocol.routing.RoutingPolicy wire) {
    return wire.getRetryOnCount() == 0
        ? RetryOn.ALL
        : wire.getRetryOnList().stream()
            .map(OutlierWire::retryOn)
            .collect(Collectors.toUnmodifiableSet());
  }

  private static io.holdfast.protocol.routing.RetryOn retryOn(RetryOn on) {
    return switch (on) {
      case CONNECT -> io.holdfast.protocol.routing.RetryOn.RETRY_ON_CONNECT;
      case RESET -> io.holdfast.protocol.routing.RetryOn.RETRY_ON_RESET;
      case TIMEOUT -> io.holdfast.protocol.routing.RetryOn.RETRY_ON_TIMEOUT;
      case ERROR_RESPONSE -> io.holdfast.protocol.routing.RetryOn.RETRY_ON_ERROR_RESPONSE;
    };
  }

  private static RetryOn retryOn(io.holdfast.protocol.routing.RetryOn on) {
    return switch (on) {
      case RETRY_ON_CONNECT -> RetryOn.CONNECT;
      case RETRY_ON_RESET -> RetryOn.RESET;
      case RETRY_ON_TIMEOUT -> RetryOn.TIMEOUT;
      case RETRY_ON_ERROR_RESPONSE -> RetryOn.ERROR_RESPONSE;
      case RETRY_ON_UNSPECIFIED, UNRECOGNIZED -> throw Wire.nonsense("a known reason to retry");
    };
  }
}
