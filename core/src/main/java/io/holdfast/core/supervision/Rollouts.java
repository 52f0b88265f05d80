package io.holdfast.core.supervision;

import io.holdfast.core.InWords;
import io.holdfast.core.InstanceId;
import io.holdfast.core.NodeId;
import io.holdfast.core.instance.Exit;
import io.holdfast.core.instance.ExitCause;
import io.holdfast.core.spec.RolloutPolicy;
import io.holdfast.core.supervision.ServiceState.Active;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Relocations a rollout on, one slot at a time. A new instance must be ready for the policy's
 * {@code healthyFor} before the old one leaves, and those that have had their turn must stay well.
 * A version that fails is taken back for the one that worked before; without that the slots that
 * have not had their turn stay as they are. While a dependency is down no turn begins, because the
 * new instance could not be launched.
 */
final class Rollouts {

  /**
   * A fixed port is free on another node at once or not at all: after that the old instance makes
   * room for the new one.
   */
  static final Duration OTHER_NODE_WITHIN = Duration.ofSeconds(10);

  private Rollouts() {}

  /**
   * Begins a rollout to the newest version. One that is under way is taken up into it: its slots
   * still get their turn, and its half-made instance leaves.
   *
   * @param from the version that worked before
   */
  static void begin(Draft draft, SortedSet<Integer> chosen, String why, Optional<Long> from) {
    Active active = draft.active().orElseThrow();
    SortedSet<Integer> slots = new TreeSet<>(chosen);
    active
        .rollout()
        .ifPresent(
            current -> {
              slots.addAll(current.waiting());
              current.turn().ifPresent(turn -> slots.add(turn.slot()));
            });
    Relocations.giveUp(draft, "replaced: " + why);
    active
        .rollout()
        .flatMap(Rollout::incoming)
        .ifPresent(tenant -> draft.drain(tenant.id(), "replaced: " + why));
    slots.retainAll(active.slots().headMap(active.spec().slots()).keySet());
    if (!slots.isEmpty()) {
      draft.record(new ServiceEvent.RolloutBegan(active.version(), slots, why, from, draft.now()));
    }
  }

  /** One that does not change what runs. */
  static void begin(Draft draft, SortedSet<Integer> chosen, String why) {
    begin(draft, chosen, why, rollout(draft).flatMap(Rollout::from));
  }

  static void advance(Draft draft) {
    rollout(draft).ifPresent(current -> look(draft, current));
    rollout(draft).flatMap(Rollout::turn).ifPresent(turn -> work(draft, turn));
    rollout(draft)
        .filter(current -> current.turn().isEmpty())
        .filter(current -> RolloutGate.isOpen(draft.active().orElseThrow(), current, draft.now()))
        .ifPresent(current -> goOn(draft, current));
  }

  private static void look(Draft draft, Rollout rollout) {
    RolloutGate.failure(draft.active().orElseThrow(), rollout, draft.now())
        .ifPresent(why -> fail(draft, why));
  }

  private static Optional<Rollout> rollout(Draft draft) {
    return draft.active().flatMap(Active::rollout);
  }

  private static void goOn(Draft draft, Rollout rollout) {
    Active active = draft.active().orElseThrow();
    if (rollout.waiting().isEmpty()) {
      draft.record(new ServiceEvent.RolloutEnded(Optional.empty(), Optional.empty(), draft.now()));
    } else if (draft.surroundings().dependenciesMet() && active.surge().isEmpty()) {
      nextTurn(draft, active, rollout);
    }
  }

  private static void nextTurn(Draft draft, Active active, Rollout rollout) {
    int index = next(draft, active, rollout);
    Slot slot = active.slot(index);
    boolean stopFirst = slot.tenant().isEmpty() || cannotOverlap(draft, active, rollout, slot);
    beginTurn(draft, slot, stopFirst);
  }

  private static void beginTurn(Draft draft, Slot slot, boolean stopFirst) {
    draft.record(new ServiceEvent.TurnBegan(slot.index(), stopFirst, draft.now()));
    if (Service.isResting(slot.occupancy())) {
      draft.record(new ServiceEvent.SlotWoken(slot.index(), draft.now()));
    }
    if (stopFirst) {
      slot.tenant().ifPresent(tenant -> draft.drain(tenant.id(), "a rollout"));
    }
  }

  /** What is on a node that is to become empty has the first turn. */
  private static int next(Draft draft, Active active, Rollout rollout) {
    return rollout.waiting().stream()
        .filter(index -> Nodes.isDraining(draft, active.slot(index)))
        .findFirst()
        .orElseGet(() -> rollout.waiting().first());
  }

  private static boolean cannotOverlap(Draft draft, Active active, Rollout rollout, Slot slot) {
    boolean exclusive =
        active.specOf(rollout.version()).exclusivity().required()
            || active.specOf(slot.version()).exclusivity().required();
    boolean fixed =
        active.specOf(rollout.version()).process().hasFixedPort()
            || active.specOf(slot.version()).process().hasFixedPort();
    return exclusive || (fixed && Nodes.free(draft, active).isEmpty());
  }

  private static void work(Draft draft, Rollout.Turn turn) {
    Active active = draft.active().orElseThrow();
    RolloutPolicy policy = active.spec().rollout();
    Optional<Tenant> fresh =
        switch (turn) {
          case Rollout.Surge surge -> surge.incoming();
          case Rollout.StopFirst stopFirst -> active.slot(stopFirst.slot()).tenant();
        };
    if (fresh.map(tenant -> isWell(draft, tenant, policy)).orElse(false)
        && isSettled(draft, active)) {
      endTurn(draft, active, turn);
    } else if (!turn.began().plus(policy.deadline()).isAfter(draft.now())) {
      fail(draft, overdue(draft, active, turn, fresh));
    } else if (turn instanceof Rollout.Surge(_, Rollout.Newcomer.Lost(var exit), _)) {
      fail(
          draft,
          "the new instance of slot %d %s"
              .formatted(turn.slot(), exit.map(Exit::reason).orElse("had to leave")));
    } else if (turn instanceof Rollout.Surge(_, Rollout.Newcomer.Wanted(), _)) {
      makeRoom(draft, active, turn);
    }
  }

  private static boolean isSettled(Draft draft, Active active) {
    return RolloutGate.isSettled(active, active.rollout().orElseThrow(), draft.now());
  }

  /** Of one for which there was no room, or that cannot be asked, the version is not to blame. */
  private static String overdue(
      Draft draft, Active active, Rollout.Turn turn, Optional<Tenant> fresh) {
    if (!isSettled(draft, active)) {
      return "new instances fail that have had their turn, for longer than rollout.deadline";
    }
    boolean seeking =
        switch (turn) {
          case Rollout.Surge surge -> wantsIncoming(draft, active, surge.slot());
          case Rollout.StopFirst(var slot, _) ->
              Reconciliation.mayFill(draft, active, active.slot(slot));
        };
    String newcomer = "the new instance of slot " + turn.slot();
    String what =
        seeking
            ? "no place was found for " + newcomer
            : fresh
                .filter(tenant -> !Nodes.isHeard(draft, tenant.node()))
                .map(tenant -> "the agent of " + newcomer + ", on " + tenant.node() + ", is away")
                .map(away -> away + " and it was not known to be ready")
                .orElse(newcomer + " was not ready");
    return "%s within %s (rollout.deadline)"
        .formatted(what, InWords.of(active.spec().rollout().deadline()));
  }

  /**
   * An instance has ended in its slot. Where the old one had to make room, nothing serves while the
   * new one fails, so its first end is enough, as it is beside the old one.
   */
  static void ended(Draft draft, Tenant tenant, Exit exit) {
    boolean fails =
        rollout(draft)
            .filter(current -> current.version() == tenant.version())
            .flatMap(Rollout::turn)
            .filter(turn -> turn instanceof Rollout.StopFirst)
            .filter(turn -> turn.slot() == tenant.id().slot())
            .isPresent();
    if (fails && exit.isFailure() && exit.cause() != ExitCause.NODE_LOST) {
      fail(draft, "the new instance of slot %d %s".formatted(tenant.id().slot(), exit.reason()));
    }
  }

  private static void makeRoom(Draft draft, Active active, Rollout.Turn turn) {
    boolean late = !turn.began().plus(OTHER_NODE_WITHIN).isAfter(draft.now());
    Slot slot = active.slot(turn.slot());
    long version = active.rollout().orElseThrow().version();
    boolean fixed =
        active.specOf(version).process().hasFixedPort()
            || active.specOf(slot.version()).process().hasFixedPort();
    if (late && fixed && draft.surroundings().dependenciesMet()) {
      beginTurn(draft, slot, true);
    }
  }

  /** As its agent says, which is heard: what was ready before a silence may be dead by now. */
  static boolean isWell(Draft draft, Tenant tenant, RolloutPolicy policy) {
    return tenant.progress() instanceof Tenant.Ready(_, var since)
        && !since.plus(policy.healthyFor()).isAfter(draft.now())
        && Nodes.isHeard(draft, tenant.node());
  }

  private static void endTurn(Draft draft, Active active, Rollout.Turn turn) {
    Optional<Tenant> old =
        turn instanceof Rollout.Surge ? active.slot(turn.slot()).tenant() : Optional.empty();
    draft.record(new ServiceEvent.TurnEnded(turn.slot(), draft.now()));
    old.ifPresent(tenant -> draft.then(new ServiceEffect.Drain(tenant.id())));
  }

  private static void fail(Draft draft, String why) {
    Active active = draft.active().orElseThrow();
    Rollout rollout = active.rollout().orElseThrow();
    Optional<Long> back = Reversions.back(active, rollout);
    draft.record(new ServiceEvent.RolloutEnded(Optional.of(why), back, draft.now()));
    rollout.incoming().ifPresent(tenant -> draft.then(new ServiceEffect.Drain(tenant.id())));
  }

  /** A surge whose dependencies are there, and whose slot no earlier instance is leaving still. */
  static boolean wantsIncoming(Draft draft, Active active, int slot) {
    if (!draft.surroundings().dependenciesMet() || Reconciliation.others(active, slot) > 0) {
      return false;
    }
    return active
        .surge()
        .filter(turn -> turn.slot() == slot)
        .map(turn -> turn.newcomer() instanceof Rollout.Newcomer.Wanted)
        .orElse(false);
  }

  static void launchIncoming(Draft draft, Active active, int slot, NodeId node) {
    if (Nodes.barred(active, slot).contains(node)) {
      return;
    }
    Optional<Relocation.Purpose> relocation = active.relocation().map(Relocation::purpose);
    long version = version(active, slot);
    InstanceId instance = new InstanceId(active.spec().name(), slot, active.lastEpoch() + 1);
    draft.record(
        new ServiceEvent.IncomingLaunched(instance, node, version, relocation, draft.now()));
    draft.then(new ServiceEffect.Launch(instance, node, active.specOf(version)));
  }

  /** A relocation changes nothing but the place. */
  private static long version(Active active, int slot) {
    return active
        .rollout()
        .filter(rollout -> rollout.turn().isPresent())
        .map(Rollout::version)
        .orElseGet(active.slot(slot)::version);
  }
}
