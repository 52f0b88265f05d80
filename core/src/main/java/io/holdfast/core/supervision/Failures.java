package io.holdfast.core.supervision;

import io.holdfast.core.InstanceId;
import io.holdfast.core.instance.Exit;
import io.holdfast.core.supervision.ServiceState.Active;
import java.util.Comparator;
import java.util.Optional;

/** What follows from the end of an instance. */
final class Failures {

  private Failures() {}

  static void exited(Draft draft, InstanceId instance, Exit exit) {
    Tenant tenant = draft.state().living().get(instance);
    if (tenant == null) {
      return;
    }
    Optional<Slot> slot = draft.active().flatMap(active -> active.holding(instance));
    Verdict verdict =
        slot.isPresent()
            ? verdict(draft, draft.active().orElseThrow(), tenant, exit)
            : new Verdict.Expected();
    draft.record(
        new ServiceEvent.InstanceExited(instance, tenant.node(), exit, verdict, draft.now()));
    slot.ifPresent(lost -> replace(draft, lost, tenant, verdict));
  }

  private static Verdict verdict(Draft draft, Active active, Tenant tenant, Exit exit) {
    if (!isFailure(exit) || isSurplus(active, tenant)) {
      return new Verdict.Expected();
    }
    boolean isFinal =
        switch (active.spec().restart().type()) {
          case PERMANENT -> false;
          case TRANSIENT -> exit.endedWell();
          case TEMPORARY -> true;
        };
    if (isFinal) {
      return new Verdict.Final();
    }
    if (!draft.surroundings().dependenciesMet()) {
      return new Verdict.Expected();
    }
    return active
        .ladders()
        .getOrDefault(tenant.node(), Ladder.BOTTOM)
        .judge(
            active.spec().restart(),
            active.spec().hold(),
            draft.surroundings().random(),
            draft.now());
  }

  private static boolean isSurplus(Active active, Tenant tenant) {
    return tenant.id().slot() >= active.spec().slots();
  }

  private static boolean isFailure(Exit exit) {
    return switch (exit.cause()) {
      case SELF, LAUNCH, START_DEADLINE, LIVENESS -> true;
      case REQUESTED, SHUTDOWN -> false;
    };
  }

  /** A lost active is replaced by a ready standby first; then the slot itself is filled again. */
  private static void replace(Draft draft, Slot lost, Tenant tenant, Verdict verdict) {
    Active active = draft.active().orElseThrow();
    if (lost.isActive() && active.slots().containsKey(lost.index())) {
      readyStandby(active)
          .ifPresent(
              standby ->
                  draft.record(
                      new ServiceEvent.StandbyPromoted(
                          lost.index(), standby.index(), draft.now())));
    }
    if (verdict instanceof Verdict.RestartAtOnce) {
      Service.launch(draft, draft.active().orElseThrow().slot(lost.index()), tenant.node());
    }
  }

  private static Optional<Slot> readyStandby(Active active) {
    return active.slots().headMap(active.spec().slots()).values().stream()
        .filter(slot -> !slot.isActive() && slot.isReady())
        .min(Comparator.comparingInt(Slot::index));
  }

  /** A launch after a failure counts as a restart; one after a stop that was asked for does not. */
  static LaunchCause causeOfNextLaunch(Active active, Slot slot) {
    boolean leaving =
        slot.lastLaunch().filter(last -> active.outgoing().containsKey(last.id())).isPresent();
    if (!leaving && slot.lastExit().filter(Failures::isFailure).isPresent()) {
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
