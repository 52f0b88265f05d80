package io.holdfast.client.view;

import io.holdfast.core.InstanceId;
import io.holdfast.core.ServiceName;
import io.holdfast.core.balancing.Choices;
import io.holdfast.core.balancing.Picker;
import io.holdfast.core.balancing.TryLimit;
import io.holdfast.core.balancing.Wanted;
import io.holdfast.core.spec.Hedging;
import io.holdfast.core.spec.RoutingPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One service of one table. */
public final class RoutedService {

  private final ServiceName name;
  private final RoutingPolicy policy;
  private final Map<InstanceId, Target> targets;
  private final Choices<Target> choices;
  private final ServiceTraffic traffic;

  RoutedService(
      ServiceName name,
      RoutingPolicy policy,
      Map<InstanceId, Target> targets,
      List<Target> trials,
      ServiceTraffic traffic) {
    this.name = name;
    this.policy = policy;
    this.targets = Map.copyOf(targets);
    this.choices = Choices.of(targets.values(), trials, Picker.of(policy.policy()));
    this.traffic = traffic;
  }

  public ServiceName name() {
    return name;
  }

  public RoutingPolicy policy() {
    return policy;
  }

  /** Counts one request towards the retry budget. */
  public void requested(long nowNanos) {
    traffic.earn(policy.retries(), nowNanos);
  }

  /** Takes one retry from the budget; false when it is spent. */
  public boolean mayRetry(long nowNanos) {
    return traffic.spend(policy.retries(), nowNanos);
  }

  /**
   * After which another instance is asked, if there is one that is well: the last try, and one
   * without an alternative, may take all the time that is left.
   */
  public Duration tryLimit() {
    return TryLimit.of(policy.tryTimeout(), policy.timeout(), traffic.usualNanos());
  }

  /** After which a second instance is asked beside the first; none when that is not wanted. */
  Optional<Duration> hedgeDelay() {
    return switch (policy.retries().hedge()) {
      case Hedging.Off() -> Optional.empty();
      case Hedging.After(Duration delay) -> Optional.of(delay);
      case Hedging.Learned() ->
          Optional.of(traffic.usualNanos())
              .filter(usual -> usual != TryLimit.UNKNOWN)
              .map(usual -> Duration.ofNanos(Math.round(usual)));
    };
  }

  /** Whether an instance not to be avoided takes requests. */
  public boolean anyLeft(Set<InstanceId> avoid) {
    return choices.any(avoid);
  }

  /** Whether those that could be asked have as many requests as they can answer in time. */
  public boolean isOverloaded(Set<InstanceId> avoid) {
    return choices.areFull(avoid);
  }

  /** Whether one of these is well. */
  public boolean anyWellLeft(Set<InstanceId> avoid) {
    return choices.anyWell(avoid);
  }

  Optional<Target> pick(Wanted wanted, long nowNanos) {
    return choices.pick(wanted, traffic, nowNanos);
  }

  boolean takes(InstanceId instance) {
    Optional<Target> target = target(instance);
    return target.isPresent() && !target.get().isDraining();
  }

  Optional<Target> target(InstanceId instance) {
    return Optional.ofNullable(targets.get(instance));
  }

  Map<InstanceId, Target> targets() {
    return targets;
  }

  ServiceTraffic traffic() {
    return traffic;
  }
}
