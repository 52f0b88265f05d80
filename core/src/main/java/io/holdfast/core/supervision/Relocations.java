package io.holdfast.core.supervision;

import io.holdfast.core.InWords;
import io.holdfast.core.NodeId;
import io.holdfast.core.instance.Exit;
import io.holdfast.core.spec.RolloutPolicy;
import io.holdfast.core.supervision.ServiceState.Active;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Takes instances to other nodes, one at a time, each new one well for {@code rollout.healthyFor}
 * before the old one leaves: away from nodes that are being drained, and to a node that has come
 * back and has two or more instances fewer than another one. An instance that may not have a second
 * one beside it ends first, and only when there is another node for it.
 *
 * <p>One that does not succeed is tried again after a while; the instance stays where it is.
 */
final class Relocations {

  /** After a relocation off a draining node has failed. */
  static final Duration DRAIN_AGAIN = Duration.ofSeconds(30);

  /** Between two moves for the sake of balance, so that they are never a burden. */
  static final Duration BALANCE_PACE = Duration.ofSeconds(30);

  /** After one of those has failed, which is no harm. */
  static final Duration BALANCE_AGAIN = Duration.ofMinutes(10);

  private Relocations() {}

  static void advance(Draft draft) {
    Active before = draft.active().orElseThrow();
    if (before.relocation().orElse(null) instanceof Relocation.UnderWay(var purpose, var turn)) {
      work(draft, before, purpose, turn);
    }
    Active active = draft.active().orElseThrow();
    if (active.surge().isEmpty() && mayBegin(draft, active)) {
      begin(draft, active);
    }
  }

  private static boolean mayBegin(Draft draft, Active active) {
    return draft.surroundings().dependenciesMet()
        && !active.membership().isHalted()
        && active.rollout().flatMap(Rollout::turn).isEmpty();
  }

  private static void work(
      Draft draft, Active active, Relocation.Purpose purpose, Rollout.Surge turn) {
    RolloutPolicy policy = active.spec().rollout();
    boolean well =
        turn.incoming().filter(tenant -> Rollouts.isWell(draft, tenant, policy)).isPresent();
    if (well) {
      succeed(draft, active, purpose, turn.slot());
    } else if (turn.newcomer() instanceof Rollout.Newcomer.Lost(var exit)) {
      fail(
          draft,
          purpose,
          turn,
          "the new instance " + exit.map(Exit::reason).orElse("had to leave"));
    } else if (!turn.began().plus(policy.deadline()).isAfter(draft.now())) {
      fail(
          draft,
          purpose,
          turn,
          "the new instance was not ready within "
              + InWords.of(policy.deadline())
              + " (rollout.deadline)");
    } else if (isCalledOff(draft, active, purpose, turn)) {
      fail(draft, purpose, turn, "it is not wanted any more");
    }
  }

  /** While nothing has been launched for it, nothing is lost by leaving it. */
  private static boolean isCalledOff(
      Draft draft, Active active, Relocation.Purpose purpose, Rollout.Surge turn) {
    Slot slot = active.slot(turn.slot());
    return turn.newcomer() instanceof Rollout.Newcomer.Wanted
        && (slot.tenant().isEmpty()
            || switch (purpose) {
              case DRAIN -> !Nodes.isDraining(draft, slot);
              case BALANCE -> Balance.roomier(draft, active, slot.tenant().get().node()).isEmpty();
            });
  }

  private static void succeed(Draft draft, Active active, Relocation.Purpose purpose, int slot) {
    Optional<Tenant> old = active.slot(slot).tenant();
    Instant rest =
        switch (purpose) {
          case DRAIN -> draft.now();
          case BALANCE -> draft.now().plus(BALANCE_PACE);
        };
    draft.record(new ServiceEvent.RelocationEnded(slot, Optional.empty(), rest, draft.now()));
    old.ifPresent(tenant -> draft.then(new ServiceEffect.Drain(tenant.id())));
  }

  private static void fail(
      Draft draft, Relocation.Purpose purpose, Rollout.Surge turn, String why) {
    Duration rest =
        switch (purpose) {
          case DRAIN -> DRAIN_AGAIN;
          case BALANCE -> BALANCE_AGAIN;
        };
    end(draft, turn, why, draft.now().plus(rest));
  }

  private static void end(Draft draft, Rollout.Surge turn, String why, Instant rest) {
    turn.incoming().ifPresent(tenant -> draft.drain(tenant.id(), why));
    draft.record(
        new ServiceEvent.RelocationEnded(turn.slot(), Optional.of(why), rest, draft.now()));
  }

  /** Something else is decided about the service, to which a relocation would be in the way. */
  static void giveUp(Draft draft, String why) {
    draft
        .active()
        .flatMap(Active::relocation)
        .flatMap(Relocation::surge)
        .ifPresent(turn -> end(draft, turn, why, draft.now()));
  }

  private static void begin(Draft draft, Active active) {
    Optional<Slot> leaving = firstOnDrainingNode(draft, active);
    if (leaving.isPresent()) {
      if (!rests(draft, active, Relocation.Purpose.DRAIN)) {
        leave(draft, active, leaving.get());
      }
    } else if (!rests(draft, active, Relocation.Purpose.BALANCE)
        && Balance.mayBeSought(draft, active)) {
      Balance.surplus(draft, active)
          .ifPresent(slot -> begin(draft, slot, Relocation.Purpose.BALANCE));
    }
  }

  private static Optional<Slot> firstOnDrainingNode(Draft draft, Active active) {
    return draft.surroundings().draining().isEmpty()
        ? Optional.empty()
        : active.slots().headMap(active.spec().slots()).values().stream()
            .filter(slot -> Nodes.isDraining(draft, slot))
            .filter(slot -> Reconciliation.others(active, slot.index()) == 0)
            .findFirst();
  }

  /** A drain need not wait for what is only a matter of balance. */
  private static boolean rests(Draft draft, Active active, Relocation.Purpose purpose) {
    return active.relocation().orElse(null) instanceof Relocation.Resting(var resting, var until)
        && until.isAfter(draft.now())
        && (resting == purpose || purpose == Relocation.Purpose.BALANCE);
  }

  private static void leave(Draft draft, Active active, Slot slot) {
    if (!active.specOf(slot.version()).exclusivity().required()) {
      begin(draft, slot, Relocation.Purpose.DRAIN);
    } else if (active.outgoing().isEmpty()
        && othersAreReady(active, slot)
        && !Nodes.free(draft, active).isEmpty()) {
      Tenant tenant = slot.tenant().orElseThrow();
      draft.drain(tenant.id(), "node " + tenant.node() + " is being drained");
    }
  }

  private static boolean othersAreReady(Active active, Slot leaving) {
    return active.slots().headMap(active.spec().slots()).values().stream()
        .filter(slot -> slot.index() != leaving.index())
        .allMatch(slot -> slot.isReady() || slot.occupancy() instanceof Occupancy.Ended);
  }

  private static void begin(Draft draft, Slot slot, Relocation.Purpose purpose) {
    NodeId away = slot.tenant().orElseThrow().node();
    draft.record(new ServiceEvent.RelocationBegan(slot.index(), purpose, away, draft.now()));
    if (purpose == Relocation.Purpose.BALANCE) {
      draft.then(new ServiceEffect.SpendRestart());
    }
  }
}
