package io.holdfast.core.supervision;

import io.holdfast.core.InstanceId;
import io.holdfast.core.instance.Exit;
import io.holdfast.core.instance.ExitCause;
import io.holdfast.core.instance.ExitStatus;
import io.holdfast.core.instance.Phase;
import io.holdfast.core.instance.Report;
import io.holdfast.core.supervision.ServiceState.Active;
import io.holdfast.core.supervision.ServiceState.Blank;
import java.util.List;
import java.util.Optional;

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
    if (!Service.isStranger(draft.state(), dead)) {
      Failures.exited(draft, dead.instance(), dead.exit());
    }
    draft.then(new ServiceEffect.Forget(dead.instance(), input.node()));
  }

  private static void alive(Draft draft, Report.Alive alive, ServiceInput.Reported input) {
    if (Service.isStranger(draft.state(), alive)) {
      draft.then(new ServiceEffect.Stop(alive.instance(), input.node()));
      return;
    }
    draft.active().ifPresent(active -> progress(draft, active, alive, input));
    stopIfUnheard(draft, alive);
  }

  /** An agent that shows no sign of stopping what it was told to stop has not heard it. */
  private static void stopIfUnheard(Draft draft, Report.Alive alive) {
    Outgoing out = Service.outgoing(draft.state()).get(alive.instance());
    if (out != null && out.stopping() && alive.phase() != Phase.STOPPING) {
      draft.then(new ServiceEffect.Stop(alive.instance(), out.tenant().node()));
    }
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
    boolean ready = tenant.get().isReady();
    if (tenant.get().isLaunching()) {
      draft.record(
          new ServiceEvent.InstanceStarted(
              alive.instance(),
              new Tenant.Running(
                  alive.pid(), input.address(), input.zone(), alive.ports(), alive.startedAt()),
              draft.now()));
    }
    if (alive.phase() == Phase.READY && !ready) {
      draft.record(new ServiceEvent.InstanceReadied(alive.instance(), draft.now()));
    } else if (alive.phase() != Phase.READY && ready) {
      draft.record(new ServiceEvent.InstanceUnreadied(alive.instance(), draft.now()));
    }
  }

  /** The agent never got the launch, or it has lost what it had. */
  static void missed(Draft draft, ServiceInput.Missed input) {
    InstanceId instance = input.instance();
    Tenant tenant = draft.state().living().get(instance);
    if (tenant == null || !tenant.node().equals(input.node())) {
      return;
    }
    boolean wanted =
        draft.active().map(active -> !active.outgoing().containsKey(instance)).orElse(false);
    if (tenant.isLaunching() && wanted) {
      Active active = draft.active().orElseThrow();
      draft.then(
          new ServiceEffect.Launch(instance, tenant.node(), active.specOf(tenant.version())));
      return;
    }
    ExitCause cause = wanted ? ExitCause.SELF : ExitCause.REQUESTED;
    Failures.exited(
        draft, instance, new Exit(new ExitStatus.Unknown(), cause, draft.now(), "", List.of()));
  }
}
