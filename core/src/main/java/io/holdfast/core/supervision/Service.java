package io.holdfast.core.supervision;

import io.holdfast.core.Decision;
import io.holdfast.core.InstanceId;
import io.holdfast.core.NodeId;
import io.holdfast.core.instance.Report;
import io.holdfast.core.spec.ServiceSpec;
import io.holdfast.core.supervision.ServiceState.Active;
import io.holdfast.core.supervision.ServiceState.Blank;
import io.holdfast.core.supervision.ServiceState.Gone;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Supervises one service: a pure function from what is known and what is new to what is done.
 *
 * <p>Every decision ends with the same steps towards what is wanted ({@link Reconciliation}), so an
 * effect that got lost is decided again at the next tick.
 */
public final class Service {

  private Service() {}

  /** Decides; never throws for an input that is late, repeated or about something unknown. */
  public static Decision<ServiceState, ServiceEffect> decide(
      ServiceState state, ServiceInput input, Surroundings surroundings) {
    Draft draft = new Draft(state, surroundings);
    hear(draft, input);
    Reconciliation.reconcile(draft);
    return draft.decision();
  }

  /**
   * Whether {@link #reconcile} may wait until more of the kind is heard: a place that was found, an
   * agent's word that an instance lives, or that time goes by. They come by the hundred when a
   * service starts, and what follows from one of them takes nothing away from what follows from the
   * next.
   */
  public static boolean mayWait(ServiceInput input) {
    return input instanceof ServiceInput.Placed
        || input instanceof ServiceInput.Ticked
        || (input instanceof ServiceInput.Reported(_, _, _, Report report)
            && report instanceof Report.Alive);
  }

  /** Only what follows from an input that {@link #mayWait}. */
  public static Decision<ServiceState, ServiceEffect> hear(
      ServiceState state, ServiceInput input, Surroundings surroundings) {
    Draft draft = new Draft(state, surroundings);
    hear(draft, input);
    return draft.decision();
  }

  /** The steps towards what is wanted. */
  public static Decision<ServiceState, ServiceEffect> reconcile(
      ServiceState state, Surroundings surroundings) {
    Draft draft = new Draft(state, surroundings);
    Reconciliation.reconcile(draft);
    return draft.decision();
  }

  private static void hear(Draft draft, ServiceInput input) {
    switch (input) {
      case ServiceInput.Ensured ensured -> ensured(draft, ensured);
      case ServiceInput.Removed removed -> removed(draft, removed);
      case ServiceInput.Reported reported -> Observation.reported(draft, reported);
      case ServiceInput.Missed missed -> Observation.missed(draft, missed);
      case ServiceInput.NodeAway away -> Absentees.away(draft, away);
      case ServiceInput.FoundDead(var instance, var node) ->
          Absentees.foundDead(draft, instance, node);
      case ServiceInput.HaltOrdered halt -> Grouping.halt(draft, halt);
      case ServiceInput.BeginOrdered begin -> Grouping.begin(draft, begin);
      case ServiceInput.HoldOrdered hold -> Grouping.hold(draft, hold);
      case ServiceInput.Placed placed -> placed(draft, placed);
      case ServiceInput.Drained drained -> drained(draft, drained.instance());
      case ServiceInput.Judged(var findings) -> Thresholding.judged(draft, findings);
      case ServiceInput.RestartRequested restart -> restart(draft, restart.slot());
      case ServiceInput.RevertRefused refused -> Reversions.refused(draft, refused);
      case ServiceInput.Ticked() -> {}
    }
  }

  private static void ensured(Draft draft, ServiceInput.Ensured input) {
    long known =
        switch (draft.state()) {
          case Blank() -> 0;
          case Active active -> active.version();
          case Gone gone -> gone.version();
        };
    boolean isNew = draft.active().isEmpty();
    if (input.version() > known) {
      accept(draft, input);
      input.restored().ifPresent(restored -> Lost.lift(draft, restored));
    }
    if (input.version() >= known) {
      Grouping.belongs(draft, input.parent(), isNew);
    }
  }

  private static void accept(Draft draft, ServiceInput.Ensured input) {
    boolean rolls =
        draft.active().map(active -> SpecChange.rolls(active, input.spec())).orElse(false);
    Optional<Long> from =
        draft.active().flatMap(active -> Reversions.target(active, input.spec(), input.version()));
    String why = Reversions.cause(draft, input);
    draft.record(new ServiceEvent.SpecAccepted(input.version(), input.spec(), draft.now()));
    if (rolls) {
      Active active = draft.active().orElseThrow();
      renew(
          draft,
          slot -> slot.tenant().isEmpty() || SpecChange.runsDifferently(active, slot, input.spec()),
          why,
          from);
    }
  }

  private static void removed(Draft draft, ServiceInput.Removed input) {
    if (draft.state() instanceof Active active && input.version() > active.version()) {
      draft.record(new ServiceEvent.RemovalBegan(input.version(), draft.now()));
      draft.state().living().keySet().stream()
          .filter(id -> !active.outgoing().containsKey(id))
          .forEach(id -> draft.then(new ServiceEffect.Drain(id)));
    }
  }

  private static void placed(Draft draft, ServiceInput.Placed input) {
    if (!(draft.state() instanceof Active active) || !active.slots().containsKey(input.slot())) {
      return;
    }
    Slot slot = active.slot(input.slot());
    if (Reconciliation.mayFill(draft, active, slot)) {
      launch(draft, slot, input.node());
    } else if (Rollouts.wantsIncoming(draft, active, input.slot())) {
      Rollouts.launchIncoming(draft, active, input.slot(), input.node());
    }
  }

  /** Gives out the next epoch for a slot on a node. */
  static void launch(Draft draft, Slot slot, NodeId node) {
    Active active = draft.active().orElseThrow();
    InstanceId instance =
        new InstanceId(active.spec().name(), slot.index(), active.lastEpoch() + 1);
    ServiceSpec spec = active.specOf(slot.version());
    draft.record(
        new ServiceEvent.InstanceLaunched(
            instance, node, slot.version(), Failures.causeOfNextLaunch(active, slot), draft.now()));
    draft.then(new ServiceEffect.Launch(instance, node, spec));
  }

  private static void drained(Draft draft, InstanceId instance) {
    Outgoing out = outgoing(draft.state()).get(instance);
    if (out != null && !out.stopping() && Ordering.mayStop(draft, instance)) {
      draft.stop(out.tenant());
    }
    Regarding.drained(draft, instance);
  }

  static Map<InstanceId, Outgoing> outgoing(ServiceState state) {
    return switch (state) {
      case Blank() -> Map.of();
      case Active active -> active.outgoing();
      case Gone gone -> gone.outgoing();
    };
  }

  private static void restart(Draft draft, OptionalInt only) {
    if (draft.state() instanceof Active active
        && (only.isEmpty() || active.slots().containsKey(only.getAsInt()))) {
      renew(
          draft,
          slot -> only.isEmpty() || only.getAsInt() == slot.index(),
          "an operator asked for a restart",
          active.rollout().flatMap(Rollout::from));
    }
  }

  /** What rests is revived with full budgets, what runs is rolled. */
  private static void renew(Draft draft, Predicate<Slot> chosen, String why, Optional<Long> from) {
    Active active = draft.active().orElseThrow();
    SortedSet<Integer> resting =
        indices(active, slot -> chosen.test(slot) && isResting(slot.occupancy()));
    draft.record(new ServiceEvent.SlotsRevived(resting, why, draft.now()));
    Rollouts.begin(
        draft, indices(active, slot -> chosen.test(slot) && takesTurn(active, slot)), why, from);
  }

  /** An empty slot has nothing to be replaced, unless it is to be filled with another version. */
  private static boolean takesTurn(Active active, Slot slot) {
    return slot.tenant().isPresent() || slot.version() != active.version();
  }

  private static SortedSet<Integer> indices(Active active, Predicate<Slot> chosen) {
    return active.slots().headMap(active.spec().slots()).values().stream()
        .filter(chosen)
        .map(Slot::index)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  static boolean isResting(Occupancy occupancy) {
    return switch (occupancy) {
      case Occupancy.BackingOff _, Occupancy.Escalated _, Occupancy.Held _, Occupancy.Ended() ->
          true;
      // A fence is no rest: nothing but time may end it.
      case Occupancy.Vacant(), Occupancy.Missing _, Occupancy.Occupied _, Occupancy.Fenced _ ->
          false;
    };
  }

  /** True for a report about something that this service has never heard of or has forgotten. */
  static boolean isStranger(ServiceState state, Report report) {
    return state.living(report.instance()).isEmpty();
  }
}
