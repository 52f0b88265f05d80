package io.holdfast.core.supervision;

import io.holdfast.core.InstanceId;
import io.holdfast.core.NodeId;
import io.holdfast.core.spec.RolloutPolicy;
import io.holdfast.core.supervision.ServiceState.Active;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Moves a rollout on, one slot at a time. A new instance must be ready for the policy's {@code
 * healthyFor} before the old one leaves; one that ends, or a turn that takes too long, ends the
 * rollout and leaves the slots that have not had their turn as they are. While a dependency is down
 * no turn begins, because the new instance could not be launched.
 */
final class Rollouts {

  private Rollouts() {}

  /**
   * Begins a rollout to the newest version. One that is under way is taken up into it: its slots
   * still get their turn, and its half-made instance leaves.
   */
  static void begin(Draft draft, SortedSet<Integer> chosen, String why) {
    Active active = draft.active().orElseThrow();
    SortedSet<Integer> slots = new TreeSet<>(chosen);
    active
        .rollout()
        .ifPresent(
            current -> {
              slots.addAll(current.waiting());
              current.turn().ifPresent(turn -> slots.add(turn.slot()));
            });
    active.incoming().ifPresent(tenant -> draft.drain(tenant.id(), "replaced: " + why));
    slots.retainAll(active.slots().headMap(active.spec().slots()).keySet());
    if (!slots.isEmpty()) {
      draft.record(new ServiceEvent.RolloutBegan(active.version(), slots, why, draft.now()));
    }
  }

  static void advance(Draft draft) {
    Active active = draft.active().orElseThrow();
    if (active.rollout().isEmpty()) {
      return;
    }
    Rollout rollout = active.rollout().get();
    if (rollout.turn().isPresent()) {
      work(draft, active, rollout.turn().get());
    }
    draft
        .active()
        .flatMap(Active::rollout)
        .filter(current -> current.turn().isEmpty())
        .filter(current -> current.waiting().isEmpty() || draft.surroundings().dependenciesMet())
        .ifPresent(current -> nextTurn(draft, current));
  }

  private static void nextTurn(Draft draft, Rollout rollout) {
    if (rollout.waiting().isEmpty()) {
      draft.record(new ServiceEvent.RolloutEnded(Optional.empty(), draft.now()));
      return;
    }
    Active active = draft.active().orElseThrow();
    int index = rollout.waiting().first();
    Slot slot = active.slot(index);
    Optional<Tenant> old = slot.tenant();
    boolean stopFirst = old.isEmpty() || cannotOverlap(active, rollout, index);
    draft.record(new ServiceEvent.TurnBegan(index, stopFirst, draft.now()));
    if (Service.isResting(slot.occupancy())) {
      draft.record(new ServiceEvent.SlotWoken(index, draft.now()));
    }
    if (stopFirst) {
      old.ifPresent(tenant -> draft.drain(tenant.id(), "a rollout"));
    }
  }

  private static boolean cannotOverlap(Active active, Rollout rollout, int index) {
    return active.specOf(rollout.version()).stopsFirst()
        || active.specOf(active.slot(index).version()).stopsFirst();
  }

  private static void work(Draft draft, Active active, Rollout.Turn turn) {
    RolloutPolicy policy = active.spec().rollout();
    Optional<Tenant> fresh =
        switch (turn) {
          case Rollout.Surge _ -> active.incoming();
          case Rollout.StopFirst stopFirst -> active.slot(stopFirst.slot()).tenant();
        };
    if (fresh.map(tenant -> isWell(draft, tenant, policy)).orElse(false)) {
      endTurn(draft, active, turn);
    } else if (!turn.began().plus(policy.deadline()).isAfter(draft.now())) {
      fail(draft, "slot " + turn.slot() + " was not ready within " + policy.deadline());
    } else if (turn instanceof Rollout.Surge(_, Rollout.Newcomer.Lost(), _)) {
      fail(draft, "the new instance of slot " + turn.slot() + " ended");
    }
  }

  private static boolean isWell(Draft draft, Tenant tenant, RolloutPolicy policy) {
    return tenant.progress() instanceof Tenant.Ready(_, var since)
        && !since.plus(policy.healthyFor()).isAfter(draft.now());
  }

  private static void endTurn(Draft draft, Active active, Rollout.Turn turn) {
    Optional<Tenant> old =
        turn instanceof Rollout.Surge ? active.slot(turn.slot()).tenant() : Optional.empty();
    draft.record(new ServiceEvent.TurnEnded(turn.slot(), draft.now()));
    old.ifPresent(tenant -> draft.then(new ServiceEffect.Drain(tenant.id())));
  }

  private static void fail(Draft draft, String why) {
    Optional<Tenant> incoming = draft.active().flatMap(Active::incoming);
    draft.record(new ServiceEvent.RolloutEnded(Optional.of(why), draft.now()));
    incoming.ifPresent(tenant -> draft.then(new ServiceEffect.Drain(tenant.id())));
  }

  /** A surge whose dependencies are there, and whose slot no earlier instance is leaving still. */
  static boolean wantsIncoming(Draft draft, Active active, int slot) {
    if (!draft.surroundings().dependenciesMet() || Reconciliation.others(active, slot) > 0) {
      return false;
    }
    return active
        .rollout()
        .flatMap(Rollout::turn)
        .filter(turn -> turn.slot() == slot)
        .map(turn -> turn instanceof Rollout.Surge(_, Rollout.Newcomer.Wanted(), _))
        .orElse(false);
  }

  static void launchIncoming(Draft draft, Active active, int slot, NodeId node) {
    long version = active.rollout().orElseThrow().version();
    InstanceId instance = new InstanceId(active.spec().name(), slot, active.lastEpoch() + 1);
    draft.record(new ServiceEvent.IncomingLaunched(instance, node, version, draft.now()));
    draft.then(new ServiceEffect.Launch(instance, node, active.specOf(version)));
  }
}
