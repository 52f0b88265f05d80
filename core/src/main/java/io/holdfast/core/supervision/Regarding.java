package io.holdfast.core.supervision;

import io.holdfast.core.InstanceId;
import io.holdfast.core.instance.Exit;
import io.holdfast.core.instance.ExitCause;
import io.holdfast.core.supervision.ServiceState.Active;
import java.time.Instant;
import java.util.Optional;

/** How an instance's {@link Regard} changes, and what has to be done when its time is over. */
final class Regarding {

  private Regarding() {}

  /** Isolations that are over, and stops that nobody has confirmed. */
  static void followUp(Draft draft) {
    Active active = draft.active().orElseThrow();
    for (Slot slot : active.slots().values()) {
      slot.tenant().ifPresent(tenant -> followUp(draft, active, tenant));
    }
  }

  private static void followUp(Draft draft, Active active, Tenant tenant) {
    switch (tenant.regard()) {
      case Regard.Trusted(), Regard.OnProbation _ -> {}
      case Regard.Isolated(_, Instant until) -> {
        if (!until.isAfter(draft.now()) || !mayIsolate(active)) {
          draft.record(new ServiceEvent.IsolationEnded(tenant.id(), draft.now()));
        }
      }
      case Regard.Condemned condemned -> {
        if (!deadline(condemned).isAfter(draft.now())) {
          stop(draft, tenant);
        }
      }
    }
  }

  /** Whoever is alone has nobody to leave the requests to. */
  private static boolean mayIsolate(Active active) {
    return active.spec().health().thresholds().isPresent() && active.spec().instances() > 1;
  }

  /** When something is to be done about it, unless something happens before. */
  static Optional<Instant> deadline(Tenant tenant) {
    return switch (tenant.regard()) {
      case Regard.Trusted(), Regard.OnProbation _ -> Optional.empty();
      case Regard.Isolated(_, Instant until) -> Optional.of(until);
      case Regard.Condemned condemned -> Optional.of(deadline(condemned));
    };
  }

  private static Instant deadline(Regard.Condemned condemned) {
    return condemned
        .since()
        .plus(condemned.stopping() ? Reconciliation.STOP_AGAIN : Reconciliation.LONGEST_DRAIN);
  }

  /** No balancer uses it any more: now it may end. */
  static void drained(Draft draft, InstanceId instance) {
    condemned(draft, instance)
        .filter(tenant -> tenant.regard() instanceof Regard.Condemned(_, boolean told, _) && !told)
        .ifPresent(tenant -> stop(draft, tenant));
  }

  /** Its agent hears first that the restart is not its own to make. */
  private static void stop(Draft draft, Tenant tenant) {
    Delegating.tell(draft, tenant.node());
    draft.stop(tenant);
  }

  /** An agent that shows no sign of stopping it has not heard that it should. */
  static void stopIfUnheard(Draft draft, InstanceId instance) {
    condemned(draft, instance)
        .filter(tenant -> tenant.regard() instanceof Regard.Condemned(_, boolean told, _) && told)
        .ifPresent(
            tenant -> {
              Delegating.tell(draft, tenant.node());
              draft.then(new ServiceEffect.Stop(instance, tenant.node()));
            });
  }

  private static Optional<Tenant> condemned(Draft draft, InstanceId instance) {
    return draft
        .active()
        .flatMap(active -> active.holding(instance))
        .flatMap(Slot::tenant)
        .filter(tenant -> tenant.regard() instanceof Regard.Condemned);
  }

  /** An end that was asked for because of the thresholds is a failure. */
  static Exit cause(Tenant tenant, Exit exit) {
    return tenant.regard() instanceof Regard.Condemned(String evidence, _, _)
            && exit.cause() == ExitCause.REQUESTED
        ? new Exit(exit.status(), ExitCause.THRESHOLDS, exit.at(), evidence, exit.log())
        : exit;
  }

  static Active isolated(Active active, ServiceEvent.InstanceIsolated event) {
    return regarded(active, event.instance(), new Regard.Isolated(event.times(), event.until()));
  }

  static Active ended(Active active, ServiceEvent.IsolationEnded event) {
    return active
        .holding(event.instance())
        .flatMap(Slot::tenant)
        .map(Tenant::regard)
        .filter(Regard.Isolated.class::isInstance)
        .map(Regard.Isolated.class::cast)
        .map(regard -> new Regard.OnProbation(regard.times(), event.at()))
        .map(regard -> regarded(active, event.instance(), regard))
        .orElse(active);
  }

  static Active condemned(Active active, ServiceEvent.InstanceCondemned event) {
    return regarded(
        active, event.instance(), new Regard.Condemned(event.evidence(), false, event.at()));
  }

  /** Told to end, if it was condemned. */
  static Active stopping(Active active, ServiceEvent.StopBegan event) {
    return active
        .holding(event.instance())
        .flatMap(Slot::tenant)
        .filter(tenant -> tenant.regard() instanceof Regard.Condemned)
        .map(
            tenant ->
                tenant.regard() instanceof Regard.Condemned(String evidence, _, _)
                    ? regarded(
                        active, tenant.id(), new Regard.Condemned(evidence, true, event.at()))
                    : active)
        .orElse(active);
  }

  private static Active regarded(Active active, InstanceId instance, Regard regard) {
    return active
        .holding(instance)
        .map(
            slot -> {
              Tenant tenant = slot.tenant().orElseThrow().with(regard);
              return Edit.of(active).slot(slot.with(new Occupancy.Occupied(tenant))).state();
            })
        .orElse(active);
  }
}
