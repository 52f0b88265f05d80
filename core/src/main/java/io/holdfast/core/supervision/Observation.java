package io.holdfast.core.supervision;

import io.holdfast.core.InstanceId;
import io.holdfast.core.NodeId;
import io.holdfast.core.instance.Exit;
import io.holdfast.core.instance.ExitCause;
import io.holdfast.core.instance.ExitStatus;
import io.holdfast.core.instance.Phase;
import io.holdfast.core.instance.Report;
import io.holdfast.core.supervision.ServiceState.Active;
import io.holdfast.core.supervision.ServiceState.Blank;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What follows from what agents say. */
final class Observation {

  private Observation() {}

  static void reported(Draft draft, ServiceInput.Reported input) {
    if (draft.state() instanceof Blank) {
      // The supervisor may be new, or the wrong one: whatever runs there is not ours to end.
      return;
    }
    switch (input.report()) {
      case Report.Dead dead -> died(draft, dead, input);
      case Report.Alive alive -> alive(draft, alive, input);
    }
  }

  private static void died(Draft draft, Report.Dead dead, ServiceInput.Reported input) {
    Failures.exited(draft, dead.instance(), dead.exit(), dead.successor());
    draft.then(new ServiceEffect.Forget(dead.instance(), input.node()));
  }

  private static void alive(Draft draft, Report.Alive alive, ServiceInput.Reported input) {
    if (isAhead(draft, alive.instance(), input.node())) {
      // Its agent has launched it within its budget; the end of the one before is still to be told.
      return;
    }
    boolean known = !Service.isStranger(draft.state(), alive);
    if (!known && !Absentees.comesBack(draft, alive, input.node())) {
      Lost.stranger(draft, alive, input.node());
    }
    draft.active().ifPresent(active -> progress(draft, active, alive, input));
    if (known) {
      stopIfUnheard(draft, alive);
    }
  }

  private static boolean isAhead(Draft draft, InstanceId instance, NodeId node) {
    return draft
        .active()
        .flatMap(active -> Optional.ofNullable(active.slots().get(instance.slot())))
        .flatMap(Slot::tenant)
        .filter(tenant -> tenant.node().equals(node))
        .filter(tenant -> tenant.id().epoch() < instance.epoch())
        .map(_ -> draft.active().orElseThrow().delegations().get(node))
        .filter(delegation -> delegation.holds(instance.slot(), instance.epoch()))
        .isPresent();
  }

  /** An agent that shows no sign of stopping what it was told to stop has not heard it. */
  private static void stopIfUnheard(Draft draft, Report.Alive alive) {
    if (alive.phase() == Phase.STOPPING) {
      return;
    }
    Outgoing out = Service.outgoing(draft.state()).get(alive.instance());
    if (out != null && out.stopping()) {
      draft.then(new ServiceEffect.Stop(alive.instance(), out.tenant().node()));
    }
    Regarding.stopIfUnheard(draft, alive.instance());
  }

  private static void progress(
      Draft draft, Active active, Report.Alive alive, ServiceInput.Reported input) {
    Optional<Tenant> tenant =
        active
            .holding(alive.instance())
            .flatMap(Slot::tenant)
            .or(() -> active.incoming().filter(t -> t.id().equals(alive.instance())));
    boolean hasProcess = alive.pid() > 0 || alive.phase() != Phase.STARTING;
    if (tenant.isEmpty() || !hasProcess) {
      return;
    }
    boolean up = tenant.get().isUp();
    if (tenant.get().isLaunching()) {
      draft.record(
          new ServiceEvent.InstanceStarted(
              alive.instance(),
              new Tenant.Running(
                  alive.pid(), input.address(), input.zone(), alive.ports(), alive.startedAt()),
              draft.now()));
    }
    if (alive.phase() == Phase.READY && !up) {
      draft.record(new ServiceEvent.InstanceReadied(alive.instance(), draft.now()));
    } else if (alive.phase() != Phase.READY && up) {
      draft.record(
          new ServiceEvent.InstanceUnreadied(alive.instance(), alive.probe(), draft.now()));
    }
  }

  /** The agent never got the launch, or it has lost what it had. */
  static void missed(Draft draft, ServiceInput.Missed input) {
    InstanceId instance = input.instance();
    Optional<Tenant> known =
        draft.state().living(instance).filter(one -> one.node().equals(input.node()));
    if (known.isEmpty()) {
      return;
    }
    Tenant tenant = known.get();
    boolean wanted =
        draft.active().map(active -> !active.outgoing().containsKey(instance)).orElse(false);
    if (tenant.isLaunching() && wanted) {
      Active active = draft.active().orElseThrow();
      draft.then(
          new ServiceEffect.Launch(instance, tenant.node(), active.specOf(tenant.version())));
      return;
    }
    Failures.exited(
        draft,
        instance,
        unseen(draft, wanted ? ExitCause.SELF : ExitCause.REQUESTED),
        OptionalLong.empty());
  }

  /** An end that nobody saw. */
  static Exit unseen(Draft draft, ExitCause cause) {
    return new Exit(new ExitStatus.Unknown(), cause, draft.now(), "", List.of());
  }
}
