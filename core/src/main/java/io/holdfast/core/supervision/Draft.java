package io.holdfast.core.supervision;

import io.holdfast.core.Decision;
import io.holdfast.core.InstanceId;
import io.holdfast.core.supervision.ServiceState.Active;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A decision in the making: the state so far, and the effects so far. */
final class Draft {

  private ServiceState state;
  private final Surroundings surroundings;
  private final List<ServiceEffect> effects = new ArrayList<>();

  Draft(ServiceState state, Surroundings surroundings) {
    this.state = state;
    this.surroundings = surroundings;
  }

  ServiceState state() {
    return state;
  }

  /** The state, while the service is wanted. */
  Optional<Active> active() {
    return state instanceof Active active ? Optional.of(active) : Optional.empty();
  }

  Surroundings surroundings() {
    return surroundings;
  }

  Instant now() {
    return surroundings.now();
  }

  void record(ServiceEvent event) {
    effects.add(new ServiceEffect.Persist(event));
    state = state.after(event);
  }

  void then(ServiceEffect effect) {
    effects.add(effect);
  }

  /** Takes an instance out of service: drained first, told to end once it is. */
  void drain(InstanceId instance, String why) {
    record(new ServiceEvent.DrainBegan(instance, why, now()));
    then(new ServiceEffect.Drain(instance));
  }

  void stop(Tenant tenant) {
    record(new ServiceEvent.StopBegan(tenant.id(), now()));
    then(new ServiceEffect.Stop(tenant.id(), tenant.node()));
  }

  Decision<ServiceState, ServiceEffect> decision() {
    return new Decision<>(state, effects);
  }
}
