package io.holdfast.client.view;

import io.holdfast.core.Decision;
import io.holdfast.core.InstanceId;
import io.holdfast.core.balancing.Conduct;
import io.holdfast.core.balancing.Demand;
import io.holdfast.core.balancing.Ejections;
import io.holdfast.core.balancing.Ejections.Ejection;
import io.holdfast.core.balancing.Rank;
import io.holdfast.core.balancing.SelfDoubt.Impression;
import io.holdfast.core.balancing.Standing;
import io.holdfast.core.balancing.TryLimit;
import io.holdfast.core.routing.Endpoint;
import io.holdfast.core.routing.EndpointState;
import io.holdfast.core.spec.OutlierPolicy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What one balancer knows of the endpoints of one service; used by the follower alone. */
final class ServiceHealth {

  private final Map<InstanceId, EndpointHistory> histories = new HashMap<>();
  private Ejections ejections = Ejections.NONE;
  private boolean suffices = true;
  private Impression impression = new Impression(0, 0);

  /** Looks at all of them; true when any is to be picked otherwise than before. */
  boolean look(RoutedService service, Look look, List<Ejection> ejected) {
    OutlierPolicy policy = service.policy().outlier();
    List<Conduct> conducts = conducts(service, look.nowNanos());
    double demand = Demand.of(conducts);
    service.traffic().usually(TryLimit.usual(conducts, service.traffic().usualNanos()));
    Ejections before = ejections;
    boolean sufficed = suffices;
    Decision<Ejections, Ejection> decision =
        before.seen(
            new Ejections.Sight(conducts, demand, look.doubtful(), look.jitter(), look.nowNanos()),
            policy);
    ejections = decision.state();
    suffices = ejections.suffices(conducts, demand);
    impression = Impression.of(conducts, ejections, policy);
    ejected.addAll(decision.effects());
    histories.keySet().stream()
        .filter(one -> !before.of(one).equals(ejections.of(one)))
        .forEach(one -> changed(one, service, look.nowNanos()));
    return !before.equals(ejections) || sufficed != suffices;
  }

  /** The moment at which it is looked, and what the balancer thinks of itself. */
  record Look(boolean doubtful, double jitter, long nowNanos) {}

  Impression impression() {
    return impression;
  }

  Rank rank(Endpoint endpoint) {
    return Rank.of(endpoint.state(), ejections.of(endpoint.instance()), !suffices);
  }

  Standing standing(InstanceId instance) {
    return ejections.of(instance);
  }

  boolean isOnTrial(InstanceId instance) {
    return ejections.of(instance) instanceof Standing.OnTrial;
  }

  private List<Conduct> conducts(RoutedService service, long nowNanos) {
    histories.keySet().retainAll(service.targets().keySet());
    return service.targets().values().stream()
        .filter(target -> target.endpoint().state() == EndpointState.OK)
        .map(target -> history(target, nowNanos).conduct(service.policy().timeout(), nowNanos))
        .toList();
  }

  private EndpointHistory history(Target target, long nowNanos) {
    return histories.computeIfAbsent(
        target.instance(), id -> new EndpointHistory(id, target.traffic(), nowNanos));
  }

  private void changed(InstanceId instance, RoutedService service, long nowNanos) {
    EndpointHistory history = histories.get(instance);
    if (history != null) {
      history.startAgain(nowNanos);
    }
    service
        .target(instance)
        .ifPresent(
            target -> {
              switch (ejections.of(instance)) {
                case Standing.OnTrial _ -> target.traffic().trial().begin(nowNanos);
                case Standing.Trusted _, Standing.Returned _, Standing.Ejected _ ->
                    target.traffic().trial().end();
              }
            });
  }
}
