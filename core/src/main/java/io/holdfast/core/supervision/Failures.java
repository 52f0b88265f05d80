package io.holdfast.core.supervision;

import io.holdfast.core.InstanceId;
import io.holdfast.core.instance.Exit;
import io.holdfast.core.supervision.ServiceState.Active;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** What follows from the end of an instance. */
final class Failures {

  private Failures() {}

  /**
   * An instance has ended.
   *
   * @param successor the epoch that its agent has launched in its place already
   */
  static void exited(Draft draft, InstanceId instance, Exit told, OptionalLong successor) {
    Tenant tenant = draft.state().living().get(instance);
    if (tenant == null) {
      return;
    }
    Optional<Slot> slot = draft.active().flatMap(active -> active.holding(instance));
    Exit exit = slot.isPresent() ? Regarding.cause(tenant, told) : told;
    if (slot.isPresent() && successor.isPresent() && mayTakeOver(draft, tenant, successor)) {
      takeOver(draft, slot.get(), tenant, exit, successor.getAsLong());
      return;
    }
    Ruling ruling =
        slot.isPresent()
            ? new Judgement(
                    draft.active().orElseThrow(), draft.surroundings(), slot.get(), tenant, exit)
                .rule()
            : new Ruling(new Verdict.Expected(), "");
    record(draft, tenant, exit, ruling);
    successor.ifPresent(epoch -> stop(draft, tenant, epoch));
    slot.ifPresent(_ -> Rollouts.ended(draft, tenant, exit));
    slot.ifPresentOrElse(
        lost -> replace(draft, lost, tenant, ruling.verdict()), () -> Ordering.next(draft));
  }

  private static boolean mayTakeOver(Draft draft, Tenant tenant, OptionalLong successor) {
    Active active = draft.active().orElseThrow();
    long epoch = successor.getAsLong();
    Delegation delegation = active.delegations().get(tenant.node());
    boolean given = delegation != null && delegation.holds(tenant.id().slot(), epoch);
    return epoch > tenant.id().epoch() && (given || active.isLost(epoch));
  }

  /** The agent has restarted it within its budget: put that on record. */
  private static void takeOver(Draft draft, Slot slot, Tenant tenant, Exit exit, long epoch) {
    Active active = draft.active().orElseThrow();
    boolean counted = draft.surroundings().dependenciesMet();
    int number =
        active.budgets().ladder(tenant.node()).made(active.spec().restart(), draft.now()) + 1;
    String clause =
        counted
            ? "restart.intensity: %d of %d, by the agent of node %s within its budget"
                .formatted(number, active.spec().restart().intensity(), tenant.node())
            : "dependsOn: the agent did not know yet that a dependency is down; refunded";
    record(draft, tenant, exit, new Ruling(new Verdict.Delegated(epoch, counted), clause));
    promote(draft, slot);
    draft.record(
        new ServiceEvent.InstanceLaunched(
            new InstanceId(active.spec().name(), slot.index(), epoch),
            tenant.node(),
            slot.version(),
            LaunchCause.FAILURE,
            draft.now()));
    draft.then(new ServiceEffect.SpendRestart());
    Rollouts.ended(draft, tenant, exit);
  }

  private static void record(Draft draft, Tenant tenant, Exit exit, Ruling ruling) {
    draft.record(
        new ServiceEvent.InstanceExited(
            tenant.id(), tenant.node(), exit, ruling.verdict(), ruling.clause(), draft.now()));
  }

  /** Its agent launched it in good faith; it is not wanted. */
  private static void stop(Draft draft, Tenant tenant, long epoch) {
    InstanceId unwanted = new InstanceId(tenant.id().service(), tenant.id().slot(), epoch);
    boolean wanted = draft.state().living().containsKey(unwanted);
    // An epoch that nobody was ever given is nonsense, and the next launch may well get it.
    if (!wanted && epoch <= lastEpoch(draft.state())) {
      draft.then(new ServiceEffect.Stop(unwanted, tenant.node()));
    }
  }

  private static long lastEpoch(ServiceState state) {
    return switch (state) {
      case ServiceState.Blank() -> 0;
      case Active active -> active.lastEpoch();
      case ServiceState.Gone gone -> gone.lastEpoch();
    };
  }

  /** A lost active is replaced by a ready standby first; then the slot itself is filled again. */
  private static void replace(Draft draft, Slot lost, Tenant tenant, Verdict verdict) {
    promote(draft, lost);
    boolean alone = !verdict.restarts() || !takeAlong(draft, lost);
    if (verdict instanceof Verdict.RestartAtOnce || verdict instanceof Verdict.Paced) {
      draft.then(new ServiceEffect.SpendRestart());
    }
    boolean stays = !Reversions.isLeft(draft.active().orElseThrow(), lost);
    if (verdict instanceof Verdict.RestartAtOnce && alone && stays) {
      Service.launch(draft, draft.active().orElseThrow().slot(lost.index()), tenant.node());
    }
  }

  /**
   * Drains the siblings that the strategy restarts with the lost one; false when there are none.
   */
  private static boolean takeAlong(Draft draft, Slot lost) {
    Active active = draft.active().orElseThrow();
    List<Integer> slots = List.copyOf(active.slots().keySet());
    List<Slot> siblings =
        active.spec().restart().strategy().affected(slots, lost.index()).reversed().stream()
            .filter(index -> index != lost.index())
            .map(active::slot)
            .toList();
    String why =
        "restart.strategy: "
            + active.spec().restart().strategy().name().toLowerCase(Locale.ROOT).replace('_', '-')
            + ", with slot "
            + lost.index();
    boolean any = false;
    for (Slot sibling : siblings) {
      if (sibling.tenant().isPresent()) {
        draft.drain(sibling.tenant().get().id(), why);
        any = true;
      }
    }
    return any;
  }

  private static void promote(Draft draft, Slot lost) {
    Active active = draft.active().orElseThrow();
    if (lost.isActive() && active.slots().containsKey(lost.index())) {
      active
          .readyStandbys()
          .findFirst()
          .ifPresent(
              standby ->
                  draft.record(
                      new ServiceEvent.StandbyPromoted(
                          lost.index(), standby.index(), draft.now())));
    }
  }

  /** A launch after a failure counts as a restart; one after a stop that was asked for does not. */
  static LaunchCause causeOfNextLaunch(Active active, Slot slot) {
    boolean leaving =
        slot.lastLaunch().filter(last -> active.outgoing().containsKey(last.id())).isPresent();
    if (!leaving && slot.lastExit().filter(Exit::isFailure).isPresent()) {
      return LaunchCause.FAILURE;
    }
    boolean rolls =
        active
            .rollout()
            .flatMap(Rollout::turn)
            .filter(turn -> turn.slot() == slot.index())
            .isPresent();
    return rolls ? LaunchCause.ROLLOUT : LaunchCause.WANTED;
  }
}
