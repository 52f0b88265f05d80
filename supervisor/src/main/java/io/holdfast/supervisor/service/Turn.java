package io.holdfast.supervisor.service;

import io.holdfast.core.Decision;
import io.holdfast.core.supervision.Service;
import io.holdfast.core.supervision.ServiceEffect;
import io.holdfast.core.supervision.ServiceEvent;
import io.holdfast.core.supervision.ServiceInput;
import io.holdfast.core.supervision.ServiceState;
import java.util.ArrayList;
import java.util.List;

/** Decisions about one input after the other, which are recorded and carried out together. */
final class Turn {

  private final Dealings dealings;
  private ServiceState state;
  private boolean decided;
  private boolean waiting;
  private final List<ServiceEvent> events = new ArrayList<>();
  private final List<ServiceEffect> effects = new ArrayList<>();
  private final List<ServiceEffect.Place> places = new ArrayList<>();

  Turn(ServiceState state, Dealings dealings) {
    this.state = state;
    this.dealings = dealings;
  }

  void decide(ServiceInput input) {
    dealings.heard(state, input);
    Decision<ServiceState, ServiceEffect> heard = hear(input);
    boolean mayWait = Service.mayWait(input) || !isRecorded(heard);
    if (!mayWait && waiting) {
      reconcile();
      heard = hear(input);
    }
    note(heard);
    decided = true;
    waiting = true;
    if (!mayWait) {
      reconcile();
    }
  }

  private Decision<ServiceState, ServiceEffect> hear(ServiceInput input) {
    return Service.hear(state, input, dealings.surroundings(state));
  }

  /** Where nothing is, the state is what it was. */
  private static boolean isRecorded(Decision<ServiceState, ServiceEffect> decision) {
    return decision.effects().stream().anyMatch(ServiceEffect.Persist.class::isInstance);
  }

  /** Each time it is said anew which places are wanted: those of the time before may be taken. */
  private void reconcile() {
    if (waiting) {
      waiting = false;
      places.clear();
      note(Service.reconcile(state, dealings.surroundings(state)));
    }
  }

  private void note(Decision<ServiceState, ServiceEffect> decision) {
    state = decision.state();
    decision.effects().forEach(this::note);
  }

  private void note(ServiceEffect effect) {
    switch (effect) {
      case ServiceEffect.Persist(var event) -> events.add(event);
      case ServiceEffect.Place place -> places.add(place);
      // At once: how long the next restart has to wait depends on it.
      case ServiceEffect.SpendRestart() -> dealings.spendRestart();
      case ServiceEffect.Launch _,
          ServiceEffect.Stop _,
          ServiceEffect.Forget _,
          ServiceEffect.Delegate _,
          ServiceEffect.Revert _,
          ServiceEffect.Drain _ ->
          effects.add(effect);
    }
  }

  /** Whether there was anything to decide. */
  boolean isDecided() {
    return decided;
  }

  /** Nothing is decided after that. */
  List<ServiceEvent> events() {
    reconcile();
    return events;
  }

  /** Once the events have happened. */
  ServiceState state() {
    return state;
  }

  /** To be done once the events are on record, in this order. */
  List<ServiceEffect> effects() {
    return effects;
  }

  /** To be sought after that. */
  List<ServiceEffect.Place> places() {
    return places;
  }
}
