package io.holdfast.core.supervision;

import io.holdfast.core.InstanceId;
import io.holdfast.core.NodeId;
import io.holdfast.core.instance.ExitCause;
import io.holdfast.core.instance.Phase;
import io.holdfast.core.instance.Report;
import io.holdfast.core.spec.Exclusivity;
import io.holdfast.core.spec.ServiceSpec;
import io.holdfast.core.supervision.ServiceState.Active;
import io.holdfast.core.supervision.ServiceState.Blank;
import io.holdfast.core.supervision.ServiceState.Gone;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What becomes of instances whose agent is away. */
final class Absentees {

  private Absentees() {}

  /**
   * The agent of a node is away. Its instances may well go on, and are left alone until the node is
   * condemned. An exclusive one is replaced when its guard has ended it, since its lease has run
   * out, and never before.
   */
  static void away(Draft draft, ServiceInput.NodeAway input) {
    List.copyOf(draft.state().living().values()).stream()
        .filter(tenant -> tenant.node().equals(input.node()))
        .filter(tenant -> isOver(draft, tenant, input))
        .forEach(tenant -> end(draft, tenant.id()));
  }

  private static boolean isOver(Draft draft, Tenant tenant, ServiceInput.NodeAway input) {
    return switch (draft.state()) {
      case Blank() -> false;
      case Active active ->
          exclusivity(active, tenant)
              .map(exclusivity -> hasRunOut(exclusivity.lease(), input.silence()))
              .orElse(input.lost());
      // What it was is not known any more, and a service of its name may be wanted again.
      case Gone _ -> input.lost() && hasRunOut(Exclusivity.LONGEST, input.silence());
    };
  }

  /** Empty where it may run twice. */
  private static Optional<Exclusivity> exclusivity(Active active, Tenant tenant) {
    return Optional.ofNullable(active.specs().get(tenant.version()))
        .map(ServiceSpec::exclusivity)
        .filter(Exclusivity::required);
  }

  private static boolean hasRunOut(Duration lease, Duration silence) {
    return silence.compareTo(lease.plus(Judgement.FENCE_MARGIN)) >= 0;
  }

  /**
   * Others can reach its host, and not the instance. Only its guard and its agent know the end of
   * an exclusive one.
   */
  static void foundDead(Draft draft, InstanceId instance, NodeId node) {
    draft
        .active()
        .ifPresent(
            active ->
                active
                    .living(instance)
                    .filter(tenant -> tenant.node().equals(node))
                    .filter(tenant -> exclusivity(active, tenant).isEmpty())
                    .ifPresent(tenant -> end(draft, tenant.id())));
  }

  /**
   * An instance that was given up is seen again. It goes on where nothing has taken its place, and
   * would be launched again just as it is; false where it must end.
   */
  static boolean comesBack(Draft draft, Report.Alive alive, NodeId node) {
    Optional<Tenant> back =
        draft
            .active()
            .filter(active -> !active.membership().isHalted())
            .flatMap(active -> missing(active, alive.instance()))
            .filter(tenant -> tenant.node().equals(node))
            .filter(_ -> alive.phase() != Phase.STOPPING);
    back.ifPresent(
        tenant ->
            draft.record(
                new ServiceEvent.InstanceAdopted(
                    tenant.id(), tenant.node(), tenant.version(), draft.now())));
    return back.isPresent();
  }

  private static Optional<Tenant> missing(Active active, InstanceId instance) {
    Slot slot = active.slots().get(instance.slot());
    return slot != null
            && slot.index() < active.spec().slots()
            && !active.hasIncoming(slot.index())
            && slot.occupancy() instanceof Occupancy.Missing(Tenant tenant)
            && tenant.id().equals(instance)
            && tenant.version() == slot.version()
        ? Optional.of(tenant)
        : Optional.empty();
  }

  private static void end(Draft draft, InstanceId instance) {
    Failures.exited(
        draft, instance, Observation.unseen(draft, ExitCause.NODE_LOST), OptionalLong.empty());
  }
}
